import type { FakeServer, RunpodFake } from "@safelight/providers/testing";
import type { BlobRef, GeneratedContent, Job, JobStatus, JsonObject, TrainedModel } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  environmentOf,
  FAKE_IDS,
  FAKE_KINDS,
  type FakeId,
  fakeJob,
  fakeTraining,
  TRAINING_PICTURE,
  TRAINING_PICTURE_PATH,
} from "../testing/fake-providers.ts";
import { freePort, startStudioProcess, type StudioProcess } from "../testing/studio-process.ts";
import { makeTempDir } from "../testing/temp-dir.ts";

/** Providers whose answer to the submit is the result: there is no run that could be asked for later. */
const ANSWERING: ReadonlySet<FakeId> = new Set(["pixellab", "openai", "gemini", "a1111"]);
const FREE: ReadonlySet<FakeId> = new Set(["comfyui", "a1111", "ai-toolkit"]);
const TRAINERS = ["fal", "replicate", "runpod"] as const satisfies readonly FakeId[];
const FOLLOWED = FAKE_IDS.filter((id) => !ANSWERING.has(id));
/** A share of a run's way at which every provider says that it runs. */
const HALFWAY = 0.5;
const WAIT_MS = 20_000;
/** The server and nine fakes, on a busy machine. */
const START_MS = 30_000;

let folder: ReturnType<typeof makeTempDir>;
let fakes: ReadonlyMap<FakeId, FakeServer>;
let port: number;
let studio: StudioProcess;

const start = () => startStudioProcess({ dataDir: folder.path, port, env: environmentOf(fakes) });

beforeEach(async () => {
  folder = makeTempDir();
  fakes = new Map(
    await Promise.all(FAKE_IDS.map(async (id) => [id, await FAKE_KINDS[id].create()] as const)),
  );
  port = await freePort();
  studio = await start();
  const put = { method: "PUT", body: new Uint8Array(TRAINING_PICTURE) };
  await (await fetch(`${studio.url}${TRAINING_PICTURE_PATH}`, put)).arrayBuffer();
}, START_MS);

afterEach(async () => {
  await studio.killHard();
  await Promise.all([...fakes.values()].map((fake) => fake.close()));
  folder.remove();
});

function fakeOf(id: FakeId): FakeServer {
  const fake = fakes.get(id);
  if (fake === undefined) throw new Error(`There is no fake ${id}.`);
  return fake;
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${studio.url}${path}`, {
    method,
    ...(body !== undefined && { headers }),
    ...init,
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const post = (job: JsonObject) => call<Job>("POST", "/api/jobs", job);

async function reach(id: string, ...statuses: readonly JobStatus[]): Promise<Job> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const job = await call<Job>("POST", `/api/jobs/${id}/refresh`);
    if (statuses.includes(job.status)) return job;
    if (Date.now() > deadline) throw new Error(`not ${statuses.join()}: ${JSON.stringify(job)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function restart(): Promise<void> {
  await studio.killHard();
  studio = await start();
}

/** Looks for the run of a job whose answer was lost until the provider has it. RunPod lists none: its owner reads the id there. */
async function adopted(id: string, run?: string): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while ((await reach(id, "running", "downloading", "succeeded", "unknown")).status === "unknown") {
    if (Date.now() > deadline) throw new Error(`The run of ${id} is not found.`);
    await call("POST", `/api/jobs/${id}/look-up`, run === undefined ? {} : { run });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function runAtRunpod(): Promise<string> {
  const { runs } = fakeOf("runpod") as RunpodFake;
  await expect.poll(() => runs.all().length, { timeout: WAIT_MS }).toBe(1);
  return runs.all()[0]?.id ?? "";
}

async function expectCollected(id: FakeId, jobId: string): Promise<void> {
  const job = await reach(jobId, "succeeded");
  const blobs: (BlobRef | undefined)[] = [];
  for (const result of job.results)
    blobs.push((await call<GeneratedContent>("GET", `/api/contents/${result}`)).blob);
  for (const model of job.models ?? [])
    blobs.push((await call<TrainedModel>("GET", `/api/models/${model}`)).lora);
  expect(blobs.length, id).toBeGreaterThan(0);
  for (const blob of blobs) {
    const answer = await fetch(`${studio.url}/api/blobs/${blob?.sha256}`);
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(blob?.sizeBytes);
  }
  expectOneRun(id);
}

/** A free provider may be asked twice, under one id of ours; what is paid for is sent once. */
function expectOneRun(id: FakeId): void {
  if (!FREE.has(id)) expect(fakeOf(id).submits(), id).toBe(1);
  expect(fakeOf(id).bill(), id).toHaveLength(1);
}

const postAll = async (ids: readonly FakeId[], jobOf: (id: FakeId) => JsonObject = fakeJob) =>
  new Map(await Promise.all(ids.map(async (id) => [id, (await post(jobOf(id))).id] as const)));

const untilSent = (ids: readonly FakeId[]) =>
  expect.poll(() => ids.filter((id) => fakeOf(id).submits() === 0), { timeout: WAIT_MS }).toEqual([]);

// Each test starts the whole server twice, as a machine would.
describe("a server that is killed while jobs of every provider are", { timeout: 60_000 }, () => {
  it("queued sends each once and collects it", async () => {
    await call("PUT", "/api/queue", { paused: true });
    const jobs = await postAll(FAKE_IDS);
    await restart();
    for (const id of FAKE_IDS) expect(fakeOf(id).submits(), id).toBe(0);
    await call("PUT", "/api/queue", { paused: false });
    for (const [id, jobId] of jobs) await expectCollected(id, jobId);
  });

  it("being sent sends none again, and collects what can be found", async () => {
    for (const id of FAKE_IDS) fakeOf(id).misbehave("submit", { do: "hold" });
    const jobs = await postAll(FAKE_IDS);
    await untilSent(FAKE_IDS);
    await restart();
    for (const id of FAKE_IDS) fakeOf(id).release();
    for (const [id, jobId] of jobs) {
      if (!ANSWERING.has(id)) {
        await adopted(jobId, id === "runpod" ? await runAtRunpod() : undefined);
        await expectCollected(id, jobId);
        continue;
      }
      // The answer of these was the picture itself. Nobody has it, and the job says so.
      const { error, charge } = await reach(jobId, "unknown", "failed");
      expect(error?.code, id).toMatch(/lost/);
      expect(charge.state, id).toBe(FREE.has(id) ? "none" : "unknown");
      expectOneRun(id);
    }
  });

  it("running follows them to their end", async () => {
    for (const id of FOLLOWED) fakeOf(id).holdRuns(HALFWAY);
    const jobs = await postAll(FOLLOWED);
    for (const jobId of jobs.values()) expect((await reach(jobId, "running")).remote).toBeDefined();
    await restart();
    for (const id of FOLLOWED) fakeOf(id).holdRuns(undefined);
    for (const [id, jobId] of jobs) await expectCollected(id, jobId);
  });

  it("being downloaded downloads them again", async () => {
    for (const id of FOLLOWED) fakeOf(id).misbehave("artifact", { do: "hold" });
    const jobs = await postAll(FOLLOWED);
    for (const jobId of jobs.values()) expect((await reach(jobId, "downloading")).results).toEqual([]);
    await restart();
    // It may have been killed before it asked for the file.
    for (const id of FOLLOWED) fakeOf(id).release();
    for (const [id, jobId] of jobs) await expectCollected(id, jobId);
  });

  it("trainings, at every step of them, pays for each once and makes its model", async () => {
    for (const id of TRAINERS) {
      fakeOf(id).misbehave("submit", { do: "hold" });
      fakeOf(id).holdRuns(HALFWAY);
    }
    const jobs = await postAll(TRAINERS, fakeTraining);
    await untilSent(TRAINERS);
    await restart();
    for (const id of TRAINERS) fakeOf(id).release();
    for (const [id, jobId] of jobs) await adopted(jobId, id === "runpod" ? await runAtRunpod() : undefined);
    for (const jobId of jobs.values()) await reach(jobId, "running");
    await restart();
    for (const id of TRAINERS) {
      fakeOf(id).misbehave("artifact", { do: "hold" });
      fakeOf(id).holdRuns(undefined);
    }
    for (const jobId of jobs.values()) expect((await reach(jobId, "downloading")).models).toBeUndefined();
    await restart();
    for (const id of TRAINERS) fakeOf(id).release();
    for (const [id, jobId] of jobs) {
      await expectCollected(id, jobId);
      expect((await reach(jobId, "succeeded")).models, id).toHaveLength(1);
    }
  });

  it("answered keeps what was answered, at whatever moment it came", async () => {
    const ids = FAKE_IDS.filter((id) => ANSWERING.has(id));
    for (const delayMs of [30, 90]) {
      const before = new Map(ids.map((id) => [id, fakeOf(id).submits()]));
      const jobs = await postAll(ids);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await restart();
      for (const [id, jobId] of jobs) {
        const job = await reach(jobId, "succeeded", "unknown", "failed");
        const sent = fakeOf(id).submits() - (before.get(id) ?? 0);
        expect(sent, `${id} after ${delayMs} ms`).toBeLessThanOrEqual(1);
        expect(job.status === "succeeded" ? job.results.length : 1, id).toBeGreaterThan(0);
        if (job.status !== "succeeded") expect(job.error?.code, id).toMatch(/lost/);
      }
    }
  });
});
