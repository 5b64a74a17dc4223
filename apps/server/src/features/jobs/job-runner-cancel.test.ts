import { ProviderError } from "@safelight/providers";
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

describe("a cancellation", () => {
  it("keeps a queued job from being sent", async () => {
    const provider = createScriptedProvider({ concurrency: 1 });
    open(provider).start();
    await bench.addJob("job-1");
    await bench.addJob("job-2");
    await bench.reach("job-1", "running");
    await bench.edit("job-2", { cancelRequested: true });
    await bench.reach("job-2", "canceled");
    provider.move("job-1", DONE);
    await bench.reach("job-1", "succeeded");
    expect(provider.submits).toEqual(["job-1"]);
  });

  it("waits for the answer to a submit and then ends the run", async () => {
    const provider = createScriptedProvider({ paid: true, choosesOwnIds: false });
    provider.onSubmit = () => pause(40);
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "submitting");
    await bench.edit("job-1", { cancelRequested: true });
    await bench.reach("job-1", "canceled");
    expect(provider.cancels).toEqual(["run-of-job-1"]);
  });

  it("ends a run at its provider, once, and keeps what it cost", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.cancel = async ({ id }) => {
      provider.cancels.push(id);
      void pause(60).then(() =>
        provider.runs.set(id, { state: "canceled", charge: { state: "reported", usd: 0.01 } }),
      );
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    await bench.edit("job-1", { cancelRequested: true });
    const job = await bench.reach("job-1", "canceled");
    expect(job.charge).toEqual({ state: "reported", usd: 0.01 });
    expect(provider.cancels).toEqual(["job-1"]);
  });

  it("is acted on at once, however seldom its provider is polled", async () => {
    const provider = createScriptedProvider({ pollEveryMs: 60_000 });
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    await pause(20);
    await bench.edit("job-1", { cancelRequested: true });
    await bench.reach("job-1", "canceled");
    expect(provider.cancels).toEqual(["job-1"]);
  });

  it("comes by the trash as well", async () => {
    const provider = createScriptedProvider();
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    const steps = [{ collection: "jobs", id: "job-1", op: "delete" as const }];
    await bench.store.commit({ by: "http", actor: "client", atomicity: "all", steps });
    const job = await bench.reach("job-1", "canceled");
    expect(job.deletedAt).toBeDefined();
  });

  it("comes too late for a run that is done: its results are kept", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.cancel = async ({ id }) => {
      provider.cancels.push(id);
      provider.move(id, { state: "succeeded", charge: { state: "reported", usd: 0.05 } });
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    await bench.edit("job-1", { cancelRequested: true });
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
  });

  it("ends the waiting for a download that fails", async () => {
    const provider = createScriptedProvider({ paid: true });
    provider.onOpen = () => {
      throw new ProviderError("provider.unavailable", "503");
    };
    open(provider).start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    await bench.reach("job-1", "downloading");
    await bench.edit("job-1", { cancelRequested: true });
    const job = await bench.reach("job-1", "canceled");
    expect(job.charge).toEqual({ state: "none" });
  });
});
