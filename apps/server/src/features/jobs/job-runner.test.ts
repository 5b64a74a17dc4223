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

describe("a job on its way", () => {
  it("goes through every state, and each result is there as soon as it came", async () => {
    const provider = createScriptedProvider();
    provider.resultCount = 2;
    const { store } = open(provider);
    const commits: { collections: string[]; status: string | undefined }[] = [];
    store.subscribe((commit) => {
      const job = commit.changes.find((change) => change.collection === "jobs");
      commits.push({
        collections: commit.changes.map((change) => change.collection),
        status: job?.record?.["status"] as string | undefined,
      });
    });
    bench.start();
    await bench.addJob("job-1", { negativePrompt: "people" });
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    const job = await bench.reach("job-1", "succeeded");

    expect(bench.trail("job-1")).toEqual(["queued", "submitting", "running", "downloading", "succeeded"]);
    expect(commits.slice(-3)).toEqual([
      { collections: ["contents", "jobs"], status: "downloading" },
      { collections: ["contents", "jobs"], status: "downloading" },
      { collections: ["jobs"], status: "succeeded" },
    ]);
    expect(job).toMatchObject({ progress: 1, charge: { state: "none" }, remote: { id: "job-1" } });
    expect(job.endTime).toBeGreaterThanOrEqual(job.startTime ?? Number.POSITIVE_INFINITY);
    expect(job.duration).toBeCloseTo(((job.endTime ?? 0) - (job.startTime ?? 0)) / 1000, 3);
    const contents = job.results.map((id) => store.get("contents", id));
    expect(contents).toMatchObject([
      { type: "image", origin: "generated", config: { seed: 7, steps: 4 }, modelId: "still", jobId: "job-1" },
      { prompt: "a quiet sea", negativePrompt: "people", config: { seed: 8 }, provider: "scripted" },
    ]);
    for (const content of contents) {
      expect(content?.blob).toMatchObject({ mime: "image/png", width: 1, height: 1 });
      expect(content?.filename).toMatch(/^a-quiet-sea-[0-9a-f]{12}\.png$/);
      expect((await store.blobs.stat(content?.blob?.sha256 ?? ""))?.sizeBytes).toBeGreaterThan(0);
    }
    expect([...job.results].sort()).toEqual(job.results);
  });

  it("has its intent on disk before the request leaves", async () => {
    const provider = createScriptedProvider();
    open(provider);
    let statusAtSubmit: string | undefined;
    provider.onSubmit = ({ jobId }) => {
      statusAtSubmit = bench.store.get("jobs", jobId)?.status;
    };
    bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    expect(statusAtSubmit).toBe("submitting");
  });

  it("fails with the provider's words", async () => {
    const provider = createScriptedProvider();
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    const error = { code: "engine.failed", message: "Out of paint." };
    provider.move("job-1", { state: "failed", error, charge: { state: "reported", usd: 0.02 } });
    const job = await bench.reach("job-1", "failed");
    expect(job).toMatchObject({ error, charge: { state: "reported", usd: 0.02 } });
  });

  it.each([
    ["another provider", { provider: "nobody" }, "provider.unknown"],
    ["an unknown model", { model: "moving" }, "request.invalid"],
    ["wrong parameters", { params: { step: 4 } }, "request.invalid"],
  ])("is refused in words when it came with %s", async (_, fields, code) => {
    const provider = createScriptedProvider();
    open(provider).start();
    await bench.addJob("job-1", fields);
    const job = await bench.reach("job-1", "failed");
    expect(job.error?.code).toBe(code);
    expect(provider.submits).toEqual([]);
  });

  it("commits progress at most every 250 ms and never runs backwards", async () => {
    const provider = createScriptedProvider();
    open(provider);
    const reports: { at: number; progress: number; step: string | undefined }[] = [];
    bench.store.subscribe(() => {
      const { status, progress, step } = bench.job("job-1");
      if (status === "running" && progress > 0) reports.push({ at: performance.now(), progress, step });
    });
    bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    const begunAt = performance.now();
    for (let step = 1; step <= 80; step += 1) {
      const progress = step === 40 ? 0.1 : step / 100;
      provider.move("job-1", { state: "running", progress, step: `Step ${step} of 100` });
      await pause(10);
    }
    provider.move("job-1", DONE);
    await bench.reach("job-1", "succeeded");
    expect(reports.length).toBeGreaterThanOrEqual(3);
    // Eighty pauses take longer on a busy machine.
    expect(reports.length).toBeLessThanOrEqual(2 + (performance.now() - begunAt) / 250);
    for (const [index, report] of reports.entries()) {
      const before = reports[index - 1];
      if (before === undefined) continue;
      expect(report.progress).toBeGreaterThanOrEqual(before.progress);
      expect(report.at - before.at).toBeGreaterThan(235);
    }
    expect(bench.job("job-1").step).toBeUndefined();
  });
});

describe("the queue", () => {
  it("lets no more runs be under way than the provider takes, in the order of their numbers", async () => {
    const provider = createScriptedProvider({ concurrency: 2 });
    open(provider);
    for (const id of ["job-c", "job-a", "job-b", "job-d"]) await bench.addJob(id);
    bench.start();
    await bench.reach("job-a", "running");
    await pause(30);
    expect(provider.submits).toEqual(["job-c", "job-a"]);
    provider.move("job-c", DONE);
    await bench.reach("job-b", "running");
    expect(provider.submits).toEqual(["job-c", "job-a", "job-b"]);
    expect(bench.job("job-d").status).toBe("queued");
  });

  it("goes on with the next job while results are still being fetched", async () => {
    const provider = createScriptedProvider({ concurrency: 1 });
    open(provider);
    let release: () => void = () => undefined;
    provider.onOpen = () => new Promise((resolve) => void (release = resolve));
    bench.start();
    await bench.addJob("job-1");
    await bench.addJob("job-2");
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    await bench.reach("job-2", "running");
    expect(bench.job("job-1").status).toBe("downloading");
    release();
    await bench.reach("job-1", "succeeded");
  });

  it("submits once however often it is woken", async () => {
    const provider = createScriptedProvider();
    open(provider);
    provider.onSubmit = () => pause(30);
    bench.start();
    const created = bench.addJob("job-1");
    await Promise.all([created, ...["a", "b", "c"].map((id) => bench.addJob(`job-${id}`))]);
    await Promise.all([1, 2, 3].map(() => bench.edit("job-1", { cancelRequested: false })));
    await bench.reach("job-1", "running");
    expect(provider.submits.filter((id) => id === "job-1")).toEqual(["job-1"]);
  });
});
