import { createMemoryStore } from "@safelight/store";
import { afterEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { createRunnerBench, pause, type RunnerBench } from "../../../testing/runner-bench.ts";
import { createScriptedProvider } from "../../../testing/scripted-provider.ts";

const DONE = { state: "succeeded", charge: { state: "reported", usd: 0.04 } } as const;

describe("the log of a job", () => {
  let bench: RunnerBench;
  afterEach(() => bench.close());

  const lines = async (id: string) => (await bench.store.logs.read(id)).lines;
  const kinds = async (id: string) => (await lines(id)).map((line) => line["status"] ?? line["kind"]);

  it("tells every state, what came home and what it cost", async () => {
    const provider = createScriptedProvider();
    provider.resultCount = 2;
    bench = createRunnerBench(provider);
    bench.start();
    await bench.addJob("job-1", { model: "still" });
    await bench.reach("job-1", "running");
    provider.move("job-1", { state: "running", progress: 0.5, step: "Step 2 of 4" });
    await expect.poll(async () => (await kinds("job-1")).at(-1)).toBe("progress");
    provider.move("job-1", DONE);
    const { results } = await bench.reach("job-1", "succeeded");
    await pause(5);
    expect(await lines("job-1")).toEqual([
      { at: expect.any(String), kind: "state", status: "queued" },
      { at: expect.any(String), kind: "state", status: "submitting", provider: "scripted", model: "still" },
      { at: expect.any(String), kind: "state", status: "running", run: "job-1" },
      { at: expect.any(String), kind: "progress", progress: 0.5, step: "Step 2 of 4" },
      { at: expect.any(String), kind: "state", status: "downloading" },
      {
        at: expect.any(String),
        kind: "note",
        message: expect.stringMatching(/^result 1 of 2 is here: \d+ bytes$/),
      },
      { at: expect.any(String), kind: "note", message: expect.stringMatching(/^result 2 of 2/) },
      {
        at: expect.any(String),
        kind: "state",
        status: "succeeded",
        results,
        charge: DONE.charge,
        seconds: expect.any(Number),
      },
    ]);
  });

  it("tells failures with their words, those that are tried again too", async () => {
    const provider = createScriptedProvider();
    bench = createRunnerBench(provider);
    let polls = 0;
    provider.onPoll = () => {
      polls += 1;
      if (polls === 1) throw new Error("The line went dead.");
    };
    bench.start();
    await bench.addJob("job-1");
    await expect.poll(() => polls).toBeGreaterThan(1);
    const error = { code: "engine.failed", message: "Out of paint." };
    provider.move("job-1", { state: "failed", error, charge: { state: "none" } });
    await bench.reach("job-1", "failed");
    await pause(5);
    expect(await lines("job-1")).toContainEqual(
      expect.objectContaining({ kind: "problem", reason: "The line went dead." }),
    );
    expect((await lines("job-1")).at(-1)).toMatchObject({ status: "failed", ...error });
  });

  it("tells of progress no more than every two seconds, and of a cancellation when it is asked for", async () => {
    const provider = createScriptedProvider();
    bench = createRunnerBench(provider, { timings: { reportEveryMs: 1 } });
    bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    for (let step = 1; step <= 20; step += 1) {
      provider.move("job-1", { state: "running", progress: step / 20 });
      await pause(5);
    }
    await bench.edit("job-1", { cancelRequested: true });
    await bench.reach("job-1", "canceled");
    await pause(5);
    const told = await kinds("job-1");
    expect(told.filter((kind) => kind === "progress")).toHaveLength(1);
    expect(told.slice(-2)).toEqual(["note", "canceled"]);
  });

  it("goes on after a restart, and says that there was one", async () => {
    const provider = createScriptedProvider();
    bench = createRunnerBench(provider);
    const first = bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    await first.stop();
    bench.start();
    provider.move("job-1", DONE);
    await bench.reach("job-1", "succeeded");
    await pause(5);
    const told = await lines("job-1");
    expect(told.filter(({ status }) => status === "running")).toHaveLength(1);
    expect(told).toContainEqual(
      expect.objectContaining({ kind: "note", message: expect.stringContaining("started again") }),
    );
  });

  it("that cannot be written keeps no job from its end", async () => {
    const provider = createScriptedProvider();
    const store = createMemoryStore();
    const logs = { ...store.logs, append: () => Promise.reject(new Error("No room.")) };
    bench = createRunnerBench(provider, { store: { ...store, logs } });
    bench.start();
    await bench.addJob("job-1");
    await bench.reach("job-1", "running");
    provider.move("job-1", DONE);
    expect((await bench.reach("job-1", "succeeded")).results).toHaveLength(1);
  });
});

describe("the log of a job over HTTP", () => {
  let studio: TestApp | undefined;
  afterEach(() => studio?.close());

  it("is read from an offset on", async () => {
    studio = await createTestApp({ providers: [createScriptedProvider()] });
    const job = { id: "job-1", kind: "image", provider: "scripted", prompt: "a quiet sea" };
    await studio.request.post("/api/jobs").send(job).expect(201);
    await expect.poll(() => studio?.store.get("jobs", "job-1")?.status).toBe("running");
    const first = await studio.request.get("/api/jobs/job-1/log").expect(200);
    expect(first.body.lines[0]).toMatchObject({ kind: "state", status: "queued" });
    expect(first.headers["cache-control"]).toBe("no-store");
    await studio.request.post("/api/jobs/job-1/cancel").expect(200);
    await expect.poll(() => studio?.store.get("jobs", "job-1")?.status).toBe("canceled");
    const { body } = await studio.request
      .get(`/api/jobs/job-1/log?after=${first.body.nextOffset}`)
      .expect(200);
    expect(body.lines.at(-1)).toMatchObject({ status: "canceled" });
    expect(body.lines).not.toContainEqual(first.body.lines[0]);
    expect(body.nextOffset).toBe(body.size);
  });

  it("is refused for a job that is not there and an offset that is none", async () => {
    studio = await createTestApp();
    const codeAt = async (query: string) => {
      const { body } = (await studio?.request.get(`/api/jobs/job-9/log${query}`)) ?? {};
      return body.code;
    };
    expect(await codeAt("")).toBe("record.missing");
    expect(await codeAt("?after=-1")).toBe("request.invalid");
    expect(await codeAt("?after=x")).toBe("request.invalid");
  });
});
