import { ProviderError } from "@safelight/providers";
import { createMemoryStore, type Store, StoreError } from "@safelight/store";
import { afterEach, describe, expect, it } from "vitest";
import { createRunnerBench, pause, type RunnerBench } from "../../../testing/runner-bench.ts";
import { createScriptedProvider, type ScriptedProvider } from "../../../testing/scripted-provider.ts";

const DONE = { state: "succeeded", charge: { state: "none" } } as const;
let bench: RunnerBench;

afterEach(() => bench.close());

function open(provider: ScriptedProvider, options?: Parameters<typeof createRunnerBench>[1]): RunnerBench {
  bench = createRunnerBench(provider, options);
  return bench;
}

describe("a submit that goes wrong", () => {
  it("leaves a paid job unknown when its answer is lost, and is never sent again", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => {
      throw new ProviderError("submit.lost", "socket hang up");
    };
    open(provider);
    const runner = bench.start();
    await bench.addJob("job-1");
    const job = await bench.reach("job-1", "unknown");
    expect(job).toMatchObject({ charge: { state: "unknown" }, error: { code: "submit.lost" } });
    expect(job.error?.message).toContain(
      "The answer to the submit was lost. Scripted may have taken this job",
    );
    await runner.stop();
    bench.start();
    await pause(50);
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("is looked for by the id that we gave it, where there is one", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.onSubmit = ({ jobId }) => {
      provider.runs.set(jobId, { state: "running", progress: 0.5 });
      throw new ProviderError("submit.lost", "socket hang up");
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("treats an error that it does not know as a lost answer", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => {
      throw new TypeError("fetch failed");
    };
    open(provider).start();
    await bench.addJob("job-1");
    expect((await bench.reach("job-1", "unknown")).error?.code).toBe("submit.lost");
  });

  it("waits and sends when nothing was taken", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => {
      if (provider.submits.length < 3) throw new ProviderError("provider.throttled", "slow down");
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    expect(provider.submits).toHaveLength(3);
  });

  it("fails in words when the provider refuses it", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => {
      throw new ProviderError("provider.payment-required", "Your balance is used up.");
    };
    open(provider).start();
    await bench.addJob("job-1");
    const { error } = await bench.reach("job-1", "failed");
    expect(error).toEqual({ code: "provider.payment-required", message: "Your balance is used up." });
  });
});

describe("a download", () => {
  it("is retried alone, says so, and does not fetch twice what it has", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.resultCount = 3;
    let faults = 0;
    const messages: (string | undefined)[] = [];
    provider.onOpen = (_, index) => {
      if (index !== 1 || faults === 2) return;
      faults += 1;
      throw new ProviderError("provider.unavailable", "503");
    };
    open(provider).start();
    bench.store.subscribe(() => messages.push(bench.job("job-1").error?.code));
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    const job = await bench.reach("job-1", "succeeded");
    expect(messages).toContain("download.failed");
    expect(job.error).toBeUndefined();
    expect(job.results).toHaveLength(3);
    expect(provider.opened).toEqual(["job-1#0", "job-1#1", "job-1#2", "job-1#1", "job-1#1"]);
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("of a free result that is gone makes it again; of a paid one it fails with the charge kept", async () => {
    const free = createScriptedProvider();
    let isGone = true;
    free.onOpen = () => {
      if (isGone) {
        isGone = false;
        free.runs.delete("job-1");
        throw new ProviderError("result.missing", "gone");
      }
    };
    open(free).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    free.move("job-1", DONE);
    while (free.submits.length < 2) await pause(2);
    free.move("job-1", DONE);
    await bench.reach("job-1", "succeeded");
    await bench.close();

    const paid = createScriptedProvider({ paid: true });
    paid.onOpen = () => {
      throw new ProviderError("result.missing", "gone");
    };
    open(paid).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    paid.move("job-1", { state: "succeeded", charge: { state: "reported", usd: 0.3 } });
    const job = await bench.reach("job-1", "failed");
    expect(job).toMatchObject({ error: { code: "result.missing" }, charge: { usd: 0.3 } });
    expect(paid.submits).toEqual(["job-1"]);
  });
});

describe("a fault of the disk", () => {
  /** A store whose commits fail while `isFull` says so. */
  function faultyStore(): { store: Store; fault: { isFull: boolean; refused: number } } {
    const store = createMemoryStore();
    const fault = { isFull: false, refused: 0 };
    const commit: Store["commit"] = async (request) => {
      if (fault.isFull && request.by === "server") {
        fault.refused += 1;
        throw new StoreError(fault.refused % 2 === 0 ? "store.full" : "store.read-only");
      }
      return store.commit(request);
    };
    return { store: { ...store, commit }, fault };
  }

  it("sends nothing while the intent cannot be saved", async () => {
    const provider = createScriptedProvider();
    const { store, fault } = faultyStore();
    fault.isFull = true;
    open(provider, { store }).start();
    await bench.addJob("job-1");
    while (fault.refused < 3) await pause(2);
    expect(provider.submits).toEqual([]);
    fault.isFull = false;
    await bench.reach("job-1", "running");
  });

  it("loses neither the run's id nor its results", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    const { store, fault } = faultyStore();
    provider.onSubmit = () => {
      fault.isFull = true;
    };
    open(provider, { store }).start();
    await bench.addJob("job-1");
    while (fault.refused < 3) await pause(2);
    fault.isFull = false;
    expect((await bench.reach("job-1", "running")).remote).toEqual({ id: "run-of-job-1" });
    provider.onOpen = () => {
      fault.isFull = true;
      fault.refused = 0;
    };
    provider.move("run-of-job-1", DONE);
    while (!fault.isFull || fault.refused < 3) await pause(2);
    expect(bench.job("job-1").status).toBe("downloading");
    fault.isFull = false;
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
    expect(provider.submits).toEqual(["job-1"]);
    expect(provider.opened).toHaveLength(1);
  });
});
