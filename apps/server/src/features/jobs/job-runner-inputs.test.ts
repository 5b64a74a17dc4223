import { ProviderError } from "@safelight/providers";
import { afterEach, describe, expect, it } from "vitest";
import { createRunnerBench, pause, type RunnerBench } from "../../../testing/runner-bench.ts";
import { createScriptedProvider, type ScriptedProvider } from "../../../testing/scripted-provider.ts";

let bench: RunnerBench;
afterEach(() => bench.close());

function open(provider: ScriptedProvider, options?: Parameters<typeof createRunnerBench>[1]): RunnerBench {
  bench = createRunnerBench(provider, options);
  return bench;
}

describe("inputs", () => {
  it("are sent while the job is queued and says so, and what came of them goes with the submit", async () => {
    const provider = createScriptedProvider();
    let release: () => void = () => undefined;
    const submitted: unknown[] = [];
    const original = { ...provider };
    Object.assign(provider, {
      prepare: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        return { zip: "https://files.example/1" };
      },
      submit: (...given: Parameters<ScriptedProvider["submit"]>) => {
        submitted.push(given[2]?.prepared);
        return original.submit(...given);
      },
    });
    open(provider).start();
    await bench.addJob("job-1");
    await expect.poll(() => bench.job("job-1").step).toBe("Sending inputs");
    expect(bench.job("job-1").status).toBe("queued");
    release();
    const job = await bench.reach("job-1", "running");
    expect(job.step).toBeUndefined();
    expect(submitted).toEqual([{ zip: "https://files.example/1" }]);
  });

  it("are not sent again when the submit has to wait", async () => {
    const provider = createScriptedProvider();
    let prepared = 0;
    Object.assign(provider, { prepare: async () => ({ count: (prepared += 1) }) });
    provider.onSubmit = () => {
      if (provider.submits.length < 3) throw new ProviderError("provider.throttled", "slow down");
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    expect(provider.submits).toHaveLength(3);
    expect(prepared).toBe(1);
  });

  it("on their way are given up when somebody cancels", async () => {
    const provider = createScriptedProvider();
    Object.assign(provider, {
      prepare: (_request: unknown, signal: AbortSignal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    });
    open(provider).start();
    await bench.addJob("job-1");
    await expect.poll(() => bench.job("job-1").step).toBe("Sending inputs");
    await bench.edit("job-1", { cancelRequested: true });
    await bench.reach("job-1", "canceled");
    expect(provider.submits).toEqual([]);
  });

  it("that fail again and again fail the job before it costs anything", async () => {
    const provider = createScriptedProvider({ paid: true });
    let attempts = 0;
    Object.assign(provider, {
      prepare: async () => {
        attempts += 1;
        throw new ProviderError("provider.unavailable", "503");
      },
    });
    open(provider).start();
    await bench.addJob("job-1");
    const job = await bench.reach("job-1", "failed");
    expect(job).toMatchObject({ error: { code: "prepare.failed" }, charge: { state: "none" } });
    expect(attempts).toBe(7);
    expect(provider.submits).toEqual([]);
  });
});

describe("a submit", () => {
  it("whose answer does not come in time is lost", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false, submitTimeoutMs: 30 });
    const original = { ...provider };
    Object.assign(provider, {
      submit: async (...given: Parameters<ScriptedProvider["submit"]>) => {
        await original.submit(...given);
        await new Promise((_, reject) =>
          given[1].addEventListener("abort", () => reject(given[1].reason as Error)),
        );
      },
    });
    open(provider).start();
    await bench.addJob("job-1");
    expect((await bench.reach("job-1", "unknown")).error?.code).toBe("submit.lost");
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("waits as long as the provider asks, and so do the other jobs at that provider", async () => {
    const provider = createScriptedProvider({ concurrency: 1 });
    provider.onSubmit = () => {
      if (provider.submits.length === 1) {
        throw new ProviderError("provider.throttled", "slow down", { retryAfterMs: 300 });
      }
    };
    open(provider).start();
    const begun = performance.now();
    await bench.addJob("job-1");
    await bench.addJob("job-2");
    await bench.reach("job-1", "running");
    expect(performance.now() - begun).toBeGreaterThan(290);
    expect(provider.submits).toEqual(["job-1", "job-1"]);
  });

  it("waits for a setting that is missing, and goes on when it is given", async () => {
    const provider = createScriptedProvider({ paid: true });
    let missing = ["API key"];
    open(provider, { ports: { missingSettings: () => missing } });
    const runner = bench.start();
    await bench.addJob("job-1");
    await expect.poll(() => bench.job("job-1").step).toBe('Waits for settings: Scripted needs "API key".');
    missing = [];
    runner.reconsider("scripted");
    await bench.reach("job-1", "running");
    expect(provider.submits).toEqual(["job-1"]);
  });
});

describe("a run that is overdue", () => {
  const timings = {
    deadlinesMs: { image: 40, sprite: 1, video: 1, training: 1, chat: 1 },
    overdueGraceMs: 60,
  };

  it("is told to stop", async () => {
    const provider = createScriptedProvider({ paid: true });
    open(provider, { timings }).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "canceled");
    expect(provider.cancels).toEqual(["job-1"]);
  });

  it("is known by the submit on record, whichever process sent it", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.runs.set("job-old", { state: "running", progress: 0.5 });
    provider.runs.set("job-young", { state: "running", progress: 0.5 });
    const deadlinesMs = { ...timings.deadlinesMs, image: 3_600_000 };
    open(provider, { timings: { ...timings, deadlinesMs } });
    const sentAgo = (id: string, ms: number) =>
      bench.addJobAt(id, { status: "running", remote: { id }, startTime: Date.now() - ms });
    await sentAgo("job-old", 3_600_001);
    await sentAgo("job-young", 3_000_000);
    bench.start();
    await bench.reach("job-old", "canceled");
    expect(provider.cancels).toEqual(["job-old"]);
    expect(bench.job("job-young").status).toBe("running");
  });

  it("and does not stop becomes unknown, with what it may have cost in the books", async () => {
    const provider = createScriptedProvider({ paid: true });
    Object.assign(provider, {
      estimate: async () => ({ state: "estimated", usd: 0.5 }),
      cancel: async () => undefined,
    });
    open(provider, { timings }).start();
    await bench.addJob("job-1");
    const job = await bench.reach("job-1", "unknown");
    expect(job).toMatchObject({ error: { code: "run.overdue" }, charge: { state: "unknown", usd: 0.5 } });
  });
});

describe("the console of a run", () => {
  it("goes into the job's log, on from where an earlier process stopped", async () => {
    const provider = createScriptedProvider();
    const said = ["loading", "step 1"];
    Object.assign(provider, {
      readLines: async (_remote: unknown, after: number) => ({ lines: said.slice(after), next: said.length }),
    });
    open(provider);
    const lines = async () =>
      (await bench.store.logs.read("job-1")).lines.flatMap(
        (line) => (line["lines"] as string[] | undefined) ?? [],
      );
    const first = bench.start();
    await bench.addJob("job-1");
    await expect.poll(lines).toEqual(["loading", "step 1"]);
    await first.stop();
    said.push("step 2");
    bench.start();
    await expect.poll(lines).toEqual(["loading", "step 1", "step 2"]);
    await pause(30);
    expect(await lines()).toHaveLength(3);
  });
});
