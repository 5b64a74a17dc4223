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

describe("a runner that starts over jobs of the one before", () => {
  it("submits what is queued", async () => {
    const provider = createScriptedProvider();
    open(provider);
    await bench.addJob("job-1");
    bench.start();
    await bench.reach("job-1", "running");
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("finds a submit that was taken by its own id", async () => {
    const provider = createScriptedProvider({ paid: true });
    open(provider);
    provider.runs.set("job-1", { state: "running", progress: 0.4 });
    await bench.addJobAt("job-1", { status: "submitting" });
    bench.start();
    const job = await bench.reach("job-1", "running");
    expect(job.remote).toEqual({ id: "job-1" });
    expect(provider.submits).toEqual([]);
  });

  it("sends a free submit again that never arrived", async () => {
    const provider = createScriptedProvider();
    open(provider);
    await bench.addJobAt("job-1", { status: "submitting" });
    bench.start();
    await bench.reach("job-1", "running");
    expect(bench.trail("job-1")).toEqual(["submitting", "queued", "submitting", "running"]);
    expect(provider.submits).toEqual(["job-1"]);
  });

  it.each([
    ["chooses no ids", { paid: true, choosesOwnIds: false }, "submit.lost"],
    ["is paid and does not know the run", { paid: true, choosesOwnIds: true }, "run.missing"],
  ])("leaves a submit unknown when the provider %s", async (_, capabilities, code) => {
    const provider = createScriptedProvider(capabilities);
    open(provider);
    await bench.addJobAt("job-1", { status: "submitting" });
    bench.start();
    const job = await bench.reach("job-1", "unknown");
    expect(job.error?.code).toBe(code);
    expect(provider.submits).toEqual([]);
  });

  it("follows the run that a webhook named while a submit waited for its answer", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    open(provider);
    provider.runs.set("run-9", DONE);
    await bench.addJobAt("job-1", { status: "submitting", remote: { id: "run-9" } });
    bench.start();
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
    expect(provider.submits).toEqual([]);
  });

  it("takes up an answer that was kept whole, and settles nothing by a torn one", async () => {
    const provider = createScriptedProvider({
      paid: true,
      choosesOwnIds: false,
      answersWithResult: true,
      concurrency: 2,
    });
    open(provider);
    provider.runs.set("job-1", DONE);
    const error = { code: "provider.answer-invalid", message: "cut off" };
    provider.runs.set("job-2", { state: "failed", error, charge: { state: "unknown" } });
    await bench.addJobAt("job-1", { status: "submitting" });
    await bench.addJobAt("job-2", { status: "submitting" });
    bench.start();
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
    expect((await bench.reach("job-2", "unknown")).error?.code).toBe("submit.lost");
    expect(provider.submits).toEqual([]);
  });

  it("follows a run", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    open(provider);
    provider.runs.set("run-9", { state: "running", progress: 0.4 });
    await bench.addJobAt("job-1", { status: "running", remote: { id: "run-9" }, startTime: Date.now() });
    bench.start();
    await pause(20);
    provider.runs.set("run-9", { state: "succeeded", charge: { state: "reported", usd: 0.04 } });
    const job = await bench.reach("job-1", "succeeded");
    expect(job.charge).toEqual({ state: "reported", usd: 0.04 });
    expect(provider.submits).toEqual([]);
  });

  it("makes a free run again that is gone, and leaves a paid one unknown", async () => {
    const free = createScriptedProvider();
    open(free);
    await bench.addJobAt("job-1", { status: "running", remote: { id: "job-1" } });
    bench.start();
    await bench.reach("job-1", "running");
    while (free.submits.length === 0) await pause(2);
    free.move("job-1", DONE);
    await bench.reach("job-1", "succeeded");
    await bench.close();

    const paid = createScriptedProvider({ paid: true });
    open(paid);
    await bench.addJobAt("job-1", { status: "running", remote: { id: "job-1" } });
    bench.start();
    expect((await bench.reach("job-1", "unknown")).error?.code).toBe("run.missing");
    expect(paid.submits).toEqual([]);
  });

  it("fetches what had not been fetched, and records it once", async () => {
    const provider = createScriptedProvider();
    provider.resultCount = 2;
    open(provider);
    provider.runs.set("job-1", DONE);
    await bench.addJobAt("job-1", { status: "downloading", remote: { id: "job-1" } });
    bench.start();
    const { results } = await bench.reach("job-1", "succeeded");
    await bench.store.commit({
      by: "server",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "jobs", id: "job-1", op: "update", set: { status: "downloading", results: [] } }],
    });
    expect((await bench.reach("job-1", "succeeded")).results).toEqual(results);
    expect(bench.store.count("contents")).toBe(2);
  });

  it("leaves jobs that are over, and those of a provider that is gone", async () => {
    const provider = createScriptedProvider();
    open(provider);
    for (const status of ["succeeded", "failed", "canceled", "unknown"]) {
      await bench.addJobAt(`job-${status}`, { status });
    }
    await bench.addJobAt("job-elsewhere", { status: "running", provider: "gone", remote: { id: "r" } });
    const { seq } = bench.store.cursor();
    bench.start();
    await pause(30);
    expect(bench.store.cursor().seq).toBe(seq);
    expect([provider.submits, provider.polls]).toEqual([[], []]);
  });

  it("leaves a job as it was when it stops, and the next one ends it", async () => {
    const provider = createScriptedProvider();
    open(provider);
    const first = bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    await first.stop();
    provider.move("job-1", DONE);
    await pause(30);
    expect(bench.job("job-1").status).toBe("running");
    bench.start();
    await bench.reach("job-1", "succeeded");
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("waits for a submit on its way before it stops", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => pause(30);
    open(provider, { timings: { stopGraceMs: 2000 } });
    const runner = bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "submitting");
    await runner.stop();
    expect(bench.job("job-1")).toMatchObject({ status: "running", remote: { id: "run-of-job-1" } });
  });
});
