import type { Job } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makePicture } from "../../../testing/pictures.ts";

let server: TestApp;

const start = async () => {
  server = await createTestApp({ config: { maxPixels: 1_000_000 } });
};
const stop = () => server.close();

async function dataUrl(seed: number): Promise<string> {
  const png = await makePicture({ format: "png", width: 64, height: 64, seed });
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** The example of the older dashboard's document, with a real picture. */
async function exampleJob(number: number) {
  return {
    id: `job-${number}`,
    prompt: "heroic knight with glowing sword",
    width: 64,
    height: 64,
    seed: null as number | null,
    status: "success",
    result: (await dataUrl(number)) as string | null,
    error: null as string | null,
    startTime: 1698589123456 as number | null,
    endTime: 1698589125901 as number | null,
    duration: 2.445 as number | null,
    createdAt: 1698589120000,
  };
}

const save = (body: object, prefix = "") => server.request.post(`${prefix}/save-jobs`).send(body);
const load = async (prefix = "") => (await server.request.get(`${prefix}/load-jobs`).expect(200)).body;

describe("the older dashboard's job history", () => {
  beforeEach(start);
  afterEach(stop);

  it("is empty in a new studio", async () => {
    expect(await load()).toEqual({
      status: "ok",
      jobs: [],
      lastJobId: 0,
      savedAt: null,
      message: "Loaded 0 jobs",
    });
  });

  it.each(["", "/api"])("is saved and loaded as its document says, under %s/", async (prefix) => {
    const jobs = await Promise.all([1, 2, 3, 4, 5].map(exampleJob));
    const before = server.store.cursor().seq;
    const saved = await save({ jobs, lastJobId: 5 }, prefix).expect(200);
    expect(saved.body).toEqual({
      status: "ok",
      message: "Saved 5 jobs",
      savedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      fileSize: expect.any(Number),
    });
    expect(saved.body.fileSize).toBeGreaterThan(1000);
    expect(server.store.cursor().seq).toBe(before + 1);
    expect(await load(prefix)).toEqual({
      status: "ok",
      jobs,
      lastJobId: 5,
      savedAt: saved.body.savedAt,
      message: "Loaded 5 jobs",
    });
  });

  it("becomes jobs with pictures of the studio's own", async () => {
    await save({ jobs: [await exampleJob(1)], lastJobId: 1 }).expect(200);
    const job = server.store.get("jobs", "job-1");
    expect(job).toMatchObject({
      number: 1,
      kind: "sprite",
      provider: "pixellab",
      status: "succeeded",
      progress: 1,
      params: { width: 64, height: 64, seed: null },
      createdAt: "2023-10-29T14:18:40.000Z",
      startTime: 1698589123456,
      duration: 2.445,
      charge: { state: "unknown" },
    });
    expect(JSON.stringify(job)).not.toContain("base64,i");
    const content = server.store.get("contents", job?.results[0] ?? "");
    expect(content).toMatchObject({
      type: "image",
      origin: "import",
      jobId: "job-1",
      config: { width: 64, height: 64 },
      blob: { mime: "image/png", width: 64, height: 64 },
    });
  });

  it("changes nothing when it is sent again, whole or in part", async () => {
    const jobs = await Promise.all([1, 2, 3].map(exampleJob));
    await save({ jobs, lastJobId: 3 }).expect(200);
    const { seq } = server.store.cursor();
    const first = await load();
    await save({ jobs, lastJobId: 3 }).expect(200);
    await save({ jobs: [jobs[1]] }).expect(200);
    await save({ ...first, version: "1.0", message: undefined, status: undefined }).expect(200);
    await save({ jobs: [] }).expect(200);
    expect(server.store.cursor().seq).toBe(seq);
    expect(await load()).toEqual(first);
  });

  it("merges by id and field: what is not sent is kept", async () => {
    const [one, two] = await Promise.all([1, 2].map(exampleJob));
    await save({ jobs: [one] }).expect(200);
    await save({ jobs: [two] }).expect(200);
    await save({ jobs: [{ id: "job-1", favourite: true, error: "late warning" }] }).expect(200);
    expect((await load()).jobs).toEqual([{ ...one, favourite: true, error: "late warning" }, two]);
    expect(server.store.get("jobs", "job-2")?.rev).toBe(1);
  });

  it("follows a job from pending to its picture and does not lose the picture to a stale page", async () => {
    const done = await exampleJob(1);
    const pending = {
      ...done,
      status: "pending",
      result: null,
      startTime: null,
      endTime: null,
      duration: null,
    };
    await save({ jobs: [pending], lastJobId: 1 }).expect(200);
    // Never taken up by the runner: this studio did not submit it.
    expect(server.store.get("jobs", "job-1")?.status).toBe("unknown");
    expect((await load()).jobs).toEqual([pending]);
    await save({ jobs: [done], lastJobId: 1 }).expect(200);
    expect((await load()).jobs).toEqual([done]);
    await save({ jobs: [pending], lastJobId: 1 }).expect(200);
    expect((await load()).jobs).toEqual([done]);
  });

  it("takes another picture for a job and keeps the one before as a content", async () => {
    const job = await exampleJob(1);
    await save({ jobs: [job] }).expect(200);
    const repainted = { ...job, result: await dataUrl(99) };
    await save({ jobs: [repainted] }).expect(200);
    expect((await load()).jobs).toEqual([repainted]);
    expect(server.store.count("contents")).toBe(2);
  });

  it("keeps failures, statuses and fields of its own as they were sent", async () => {
    const failed = {
      ...(await exampleJob(7)),
      status: "error",
      result: null,
      error: "Rate limit exceeded",
      style: { outline: "thin" },
    };
    const hosted = { ...(await exampleJob(8)), result: "https://example.org/knight.png" };
    await save({ jobs: [failed, hosted], lastJobId: 12 }).expect(200);
    expect(server.store.get("jobs", "job-7")).toMatchObject({
      status: "failed",
      error: { code: "legacy", message: "Rate limit exceeded" },
    });
    expect(await load()).toMatchObject({ jobs: [failed, hosted], lastJobId: 12 });
  });

  it("shows the studio's own jobs in the same shape and does not let the dashboard change them", async () => {
    const { store } = server;
    const png = await makePicture({ format: "png", width: 32, height: 16 });
    const blob = await store.blobs.write(
      (async function* once() {
        yield png;
      })(),
    );
    const params = { width: 32, height: 16, seed: 7 };
    await store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [
        { collection: "contents", id: "content-a", op: "create", set: { blob, jobId: "job-a" } },
        {
          collection: "jobs",
          id: "job-a",
          op: "create",
          set: {
            kind: "image",
            provider: "local",
            prompt: "sea",
            params,
            status: "succeeded",
            results: ["content-a"],
          },
        },
        {
          collection: "jobs",
          id: "job-b",
          op: "create",
          set: { kind: "image", provider: "local", prompt: "sky", status: "unknown" },
        },
      ],
    });
    const loaded = await load();
    expect(loaded).toMatchObject({ lastJobId: 2, message: "Loaded 2 jobs" });
    expect(loaded.jobs[0]).toEqual({
      id: "job-a",
      prompt: "sea",
      width: 32,
      height: 16,
      seed: 7,
      status: "success",
      result: `data:image/png;base64,${png.toString("base64")}`,
      error: null,
      startTime: null,
      endTime: null,
      duration: null,
      createdAt: Date.parse(store.get("jobs", "job-a")?.createdAt ?? ""),
    });
    expect(loaded.jobs[1]).toMatchObject({ id: "job-b", status: "unknown", result: null });
    const { seq } = store.cursor();
    const stale = loaded.jobs.map((job: object) => ({ ...job, status: "error" }));
    await save({ jobs: stale, lastJobId: 2 }).expect(200);
    expect(store.cursor().seq).toBe(seq);

    await save({ jobs: [await exampleJob(2), await exampleJob(9)] }).expect(200);
    const numbers = ["job-a", "job-b", "job-2", "job-9"].map((id) => store.get("jobs", id)?.number);
    expect(numbers).toEqual([1, 2, 10, 9]);
    expect((await load()).lastJobId).toBe(10);
  });

  it("leaves out what is in the trash, and a resend does not bring it back", async () => {
    const jobs = await Promise.all([1, 2].map(exampleJob));
    await save({ jobs }).expect(200);
    await server.request.delete("/api/jobs/job-1").expect(200);
    await save({ jobs }).expect(200);
    expect((await load()).jobs).toEqual([jobs[1]]);
  });

  it("stores a picture again that the studio has lost", async () => {
    const job = await exampleJob(1);
    await save({ jobs: [job] }).expect(200);
    const contentId = server.store.get("jobs", "job-1")?.results[0] ?? "";
    await server.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ op: "purge", collection: "contents", id: contentId }],
    });
    await save({ jobs: [{ ...job, prompt: "knight" }] }).expect(200);
    await save({ jobs: [job] }).expect(200);
    const again = server.store.get("jobs", "job-1") as Job;
    expect(server.store.get("contents", again.results[0] ?? "")?.blob?.mime).toBe("image/png");
    expect((await load()).jobs).toEqual([job]);
  });

  it.each([
    [{}, "/jobs"],
    [{ jobs: {} }, "/jobs"],
    [{ jobs: [], lastJobId: -1 }, "/lastJobId"],
    [{ jobs: [], extra: 1 }, "/extra"],
  ])("refuses the body %j", async (body, path) => {
    const answer = await save(body).expect(400);
    expect(answer.body).toMatchObject({ code: "request.invalid", errors: [{ path }] });
  });

  it("takes a history larger than other bodies may be", async () => {
    const jobs = [];
    for (let number = 1; number <= 3; number += 1) {
      const png = await makePicture({ format: "png", width: 512, height: 512, seed: number });
      jobs.push({ ...(await exampleJob(number)), result: `data:image/png;base64,${png.toString("base64")}` });
    }
    expect(JSON.stringify(jobs).length).toBeGreaterThan(1024 * 1024);
    await save({ jobs, lastJobId: 3 }).expect(200);
    expect((await load()).jobs).toEqual(jobs);
  });
});
