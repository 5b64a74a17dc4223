import { afterEach, describe, expect, it } from "vitest";
import { createRunnerBench, type RunnerBench } from "../../../testing/runner-bench.ts";
import { createScriptedProvider } from "../../../testing/scripted-provider.ts";

const DONE = { state: "succeeded", charge: { state: "none" } } as const;
let bench: RunnerBench;
afterEach(() => bench.close());

/** A provider that answers a submit with the result, once the test lets it. */
function open() {
  const provider = createScriptedProvider({ choosesOwnIds: false, answersWithResult: true });
  const answer = Promise.withResolvers<void>();
  provider.onSubmit = () => answer.promise;
  bench = createRunnerBench(provider);
  bench.start();
  return { provider, answer: answer.resolve };
}

describe("a job whose submit answers with the result", () => {
  it("shows how far the provider is while the answer is awaited", async () => {
    const { provider, answer } = open();
    await bench.addJob("job-1");
    await bench.reach("job-1", "submitting");
    provider.move("job-1", { state: "running", progress: 0.4, step: "Sampling" });
    await expect
      .poll(() => bench.store.get("jobs", "job-1"))
      .toMatchObject({ status: "submitting", progress: 0.4, step: "Sampling" });
    provider.move("job-2", { state: "running", progress: 0.9 });
    provider.move("run-of-job-1", DONE);
    answer();
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
  });

  it("can be cancelled while the answer is awaited", async () => {
    const { provider, answer } = open();
    provider.cancel = async ({ id }) => {
      provider.cancels.push(id);
      provider.runs.set("run-of-job-1", { state: "canceled", charge: { state: "none" } });
      answer();
    };
    await bench.addJob("job-1");
    await bench.reach("job-1", "submitting");
    await bench.edit("job-1", { cancelRequested: true });
    await bench.reach("job-1", "canceled");
    expect(provider.cancels[0]).toBe("job-1");
  });

  it("goes on when it cannot be cancelled", async () => {
    const { provider, answer } = open();
    provider.cancel = async ({ id }) => {
      provider.cancels.push(id);
      throw new Error("unreachable");
    };
    await bench.addJob("job-1");
    await bench.reach("job-1", "submitting");
    await bench.edit("job-1", { cancelRequested: true });
    await expect.poll(() => provider.cancels).toEqual(["job-1"]);
    expect(bench.store.get("jobs", "job-1")?.status).toBe("submitting");
    provider.cancel = async () => undefined;
    provider.runs.set("run-of-job-1", DONE);
    answer();
    await bench.reach("job-1", "succeeded");
  });
});
