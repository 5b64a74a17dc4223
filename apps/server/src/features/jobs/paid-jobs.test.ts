import { createHash } from "node:crypto";
import type { Job } from "@safelight/shared";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeStudio, type FakeStudioOptions, startFakeStudio } from "../../../testing/fake-studio.ts";
import type { FakeId } from "../../../testing/fake-providers.ts";

let studio: FakeStudio;
afterEach(() => studio.close());

async function open(ids: readonly FakeId[], options?: FakeStudioOptions): Promise<FakeStudio> {
  studio = await startFakeStudio(ids, options);
  return studio;
}

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function servedBytes(job: Job): Promise<Uint8Array> {
  const [content] = studio.contents(job);
  const answer = await fetch(`${studio.url}/api/blobs/${content?.blob?.sha256}`);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

describe("a paid job", () => {
  it("is estimated, sent once, and brings its picture home", async () => {
    await open(["fal"]);
    const { id } = await studio.post("fal");
    const job = await studio.reach(id, "succeeded");
    expect(job.estimate).toMatchObject({ state: "estimated", usd: expect.any(Number) });
    expect(job.charge.usd).toBeGreaterThan(0);
    expect(studio.fake("fal").submits()).toBe(1);
    expect(studio.contents(job)).toMatchObject([{ type: "image", provider: "fal", jobId: id }]);
    expect(sha256Of(await servedBytes(job))).toBe(studio.contents(job)[0]?.blob?.sha256);
  });

  it("whose answer was dropped after it was taken is unknown, not sent again, and adopted by a look-up", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    fal.misbehave("submit", { do: "drop-after-accept" });
    const { id } = await studio.post("fal");
    const lost = await studio.reach(id, "unknown");
    expect(lost).toMatchObject({ error: { code: "submit.lost" }, charge: { state: "unknown" } });
    expect(fal.submits()).toBe(1);
    const { body } = await studio.request.post(`/api/jobs/${id}/look-up`).send({}).expect(200);
    expect(body).toMatchObject({ adopted: true, job: { id, status: "running" }, candidates: [] });
    const job = await studio.reach(id, "succeeded");
    expect(job.results).toHaveLength(1);
    expect(job.error).toBeUndefined();
    expect(fal.submits()).toBe(1);
    expect(fal.bill()).toHaveLength(1);
  });

  it("of which two equal ones were lost is adopted by choice, each run by one job", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    fal.misbehave("submit", { do: "drop-after-accept" }, 2);
    const same = { model: "fal-ai/flux/dev", params: { seed: 7 } };
    const [one, other] = await Promise.all([studio.post("fal", same), studio.post("fal", same)]);
    await studio.reach(one.id, "unknown");
    await studio.reach(other.id, "unknown");
    const { body } = await studio.request.post(`/api/jobs/${one.id}/look-up`).send({}).expect(200);
    expect(body).toMatchObject({ adopted: false, job: { status: "unknown" } });
    const [first, second] = body.candidates.map(({ remote }: { remote: { id: string } }) => remote.id);
    const look = (id: string, run: string) =>
      studio.request.post(`/api/jobs/${id}/look-up`).send({ run }).expect(200);
    const answers = await Promise.all([look(one.id, first), look(other.id, first)]);
    expect(answers.filter(({ body: { adopted } }) => adopted)).toHaveLength(1);
    const left = answers[0].body.adopted === true ? other.id : one.id;
    expect((await look(left, second)).body.adopted).toBe(true);
    await studio.reach(one.id, "succeeded");
    await studio.reach(other.id, "succeeded");
    expect(fal.submits()).toBe(2);
  });

  it("that nobody can find is marked as failed with what it cost", async () => {
    await open(["fal"]);
    studio.fake("fal").misbehave("submit", { do: "drop-before-accept" });
    const { id } = await studio.post("fal");
    await studio.reach(id, "unknown");
    const { body } = await studio.request.post(`/api/jobs/${id}/look-up`).send({}).expect(200);
    expect(body).toMatchObject({ adopted: false, candidates: [] });
    const marked = await studio.request.post(`/api/jobs/${id}/mark-failed`).send({ spentUsd: 0 }).expect(200);
    expect(marked.body).toMatchObject({ status: "failed", charge: { state: "none" } });
    await studio.request.post(`/api/jobs/${id}/mark-failed`).send({}).expect(409);
  });

  it("whose artifact fails three times is downloaded again, for free", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    fal.misbehave("artifact", { do: "status", status: 503 });
    fal.misbehave("artifact", { do: "truncate" });
    fal.misbehave("artifact", { do: "wrong-content-type" });
    fal.misbehave("artifact", { do: "status", status: 500 });
    const errors: (string | undefined)[] = [];
    studio.store.subscribe(({ changes }) => {
      for (const { record } of changes) errors.push((record as Job | undefined)?.error?.code);
    });
    const { id } = await studio.post("fal");
    const job = await studio.reach(id, "succeeded");
    expect(errors).toContain("download.failed");
    expect(job.error).toBeUndefined();
    expect(job.results).toHaveLength(1);
    expect(fal.submits()).toBe(1);
    expect(fal.bill()).toHaveLength(1);
  });

  it("whose result is gone fails with its charge kept, and is fetched when it is there after all", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    fal.misbehave("artifact", { do: "expired" }, 3);
    const { id } = await studio.post("fal");
    const failed = await studio.reach(id, "failed");
    expect(failed).toMatchObject({ error: { code: "result.missing" } });
    expect(failed.charge.usd).toBeGreaterThan(0);
    await studio.request.post(`/api/jobs/${id}/retry-download`).expect(200);
    expect((await studio.reach(id, "succeeded")).results).toHaveLength(1);
    expect(fal.submits()).toBe(1);
  });

  it("whose URL expires after the download is served all the same", async () => {
    await open(["fal"]);
    const { id } = await studio.post("fal");
    const job = await studio.reach(id, "succeeded");
    const before = sha256Of(await servedBytes(job));
    studio.fake("fal").misbehave("artifact", { do: "expired" }, Number.POSITIVE_INFINITY);
    expect(sha256Of(await servedBytes(job))).toBe(before);
    await studio.request.post(`/api/jobs/${id}/retry-download`).expect(200);
    expect(studio.job(id).status).toBe("succeeded");
  });

  it("whose artifact leads to a private address is refused it", async () => {
    await open(["fal"]);
    studio.fake("fal").misbehave("artifact", { do: "redirect-to-private" }, Number.POSITIVE_INFINITY);
    const { id } = await studio.post("fal");
    await studio.reach(id, "downloading");
    await expect.poll(() => studio.job(id).error?.message, { timeout: 5000 }).toContain("private address");
    expect(studio.job(id).results).toEqual([]);
  });

  it("is run again as a new job, whose price is told first", async () => {
    await open(["fal"]);
    const { id } = await studio.post("fal");
    await studio.reach(id, "succeeded");
    const { body: estimate } = await studio.request.get(`/api/jobs/${id}/estimate`).expect(200);
    expect(estimate).toMatchObject({ jobs: 1, charge: { state: "estimated", usd: expect.any(Number) } });
    expect(studio.fake("fal").submits()).toBe(1);
    const { body: again } = await studio.request.post(`/api/jobs/${id}/run-again`).expect(201);
    expect(again).toMatchObject({ repeats: id, prompt: "a quiet sea", status: "queued" });
    await studio.reach(again.id, "succeeded");
    expect(studio.fake("fal").submits()).toBe(2);
  });

  it("that the studio lacks is rescued once, and its picture with it", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    const { id } = await studio.post("fal");
    await studio.reach(id, "succeeded");
    await studio.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ op: "purge", collection: "jobs", id }],
    });
    const { body } = await studio.request.post("/api/providers/fal/rescue").expect(200);
    expect(body).toMatchObject({ found: 1, jobs: [{ provider: "fal", status: "running" }] });
    const job = await studio.reach(body.jobs[0].id, "succeeded");
    expect(job.results).toHaveLength(1);
    const again = await studio.request.post("/api/providers/fal/rescue").expect(200);
    expect(again.body.jobs).toEqual([]);
    expect(fal.submits()).toBe(1);
    await studio.request.post("/api/providers/openai/rescue").expect(409);
    await studio.request.post("/api/providers/nobody/rescue").expect(404);
  });
});

describe("a budget", () => {
  const cap = (fields: object) => studio.request.post("/api/budgets").send(fields).expect(201);

  it("stops the run that would pass it, before its submit, however many come at once", async () => {
    await open(["fal"]);
    const fal = studio.fake("fal");
    const { body: price } = await studio.request
      .post("/api/estimate")
      .send({ provider: "fal", kind: "image", model: "fal-ai/flux/dev", prompt: "a sea" })
      .expect(200);
    const { usd } = price.charge;
    await cap({ per: "day", usd: usd * 2.5 });
    const jobs = await Promise.all(
      Array.from({ length: 6 }, () => studio.post("fal", { model: "fal-ai/flux/dev", params: {} })),
    );
    const ended = await Promise.all(jobs.map(({ id }) => studio.reach(id, "succeeded", "failed")));
    const refused = ended.filter(({ status }) => status === "failed");
    expect(refused).toHaveLength(4);
    expect(refused[0]).toMatchObject({ charge: { state: "none" }, error: { code: "budget.exceeded" } });
    expect(refused[0]?.error?.message).toContain("today");
    expect(fal.submits()).toBe(2);
    const { body } = await studio.request.get("/api/ledger/budgets").expect(200);
    expect(body.budgets).toMatchObject([{ budget: { per: "day" } }]);
    expect(body.budgets[0].spentUsd).toBeCloseTo(usd * 2, 9);
  });

  it("of one provider leaves the others alone, and one in the trash stops nothing", async () => {
    await open(["fal", "pixellab"]);
    const { body } = await cap({ per: "total", usd: 0, provider: "fal" });
    const [fal, pixellab] = await Promise.all([studio.post("fal"), studio.post("pixellab")]);
    await studio.reach(fal.id, "failed");
    await studio.reach(pixellab.id, "succeeded");
    await studio.request.delete(`/api/budgets/${body.id}`).expect(200);
    const { id } = await studio.post("fal");
    expect((await studio.reach(id, "succeeded")).results).toHaveLength(1);
  });
});

describe("a provider without its key", () => {
  it("keeps its jobs waiting until the key is given, and never shows it again", async () => {
    await open(["fal"]);
    const key = "fal-key-id:fal-secret-0123456789";
    const fal = studio.fake("fal");
    await studio.app.secrets.change("fal", { key: "wrong-key-0123456789" });
    const { body: wrong } = await studio.request.post("/api/settings/providers/fal/test").expect(200);
    expect(wrong).toMatchObject({ ok: false, code: "provider.unauthorized" });
    const { body } = await studio.request
      .put("/api/settings/providers/fal")
      .send({ values: { key } })
      .expect(200);
    expect(JSON.stringify(body)).not.toContain("fal-secret");
    const shown = body.settings.find(({ name }: { name: string }) => name === "key");
    expect(shown).toMatchObject({ isSet: true, source: "settings", hint: "6789" });
    expect(shown).not.toHaveProperty("value");
    expect((await studio.request.post("/api/settings/providers/fal/test").expect(200)).body.ok).toBe(true);
    await studio.reach((await studio.post("fal")).id, "succeeded");
    expect(fal.submits()).toBe(1);
    await studio.request
      .put("/api/settings/providers/fal")
      .send({ values: { keys: "x" } })
      .expect(400);
    await studio.request.put("/api/settings/providers/nobody").send({ values: {} }).expect(404);
  });

  it("says what is missing", async () => {
    await open([]);
    const { id } = await studio.post("fal");
    await expect.poll(() => studio.job(id).step).toContain("fal.ai needs");
    expect(studio.job(id).status).toBe("queued");
    await studio.request.post(`/api/jobs/${id}/cancel`).expect(200);
    await studio.reach(id, "canceled");
  });
});

describe("the queue", () => {
  it("sends nothing while it is paused, then by priority", async () => {
    await open(["a1111"]);
    const a1111 = studio.fake("a1111");
    await studio.request.put("/api/queue").send({ paused: true }).expect(200);
    const jobs = await Promise.all([studio.post("a1111"), studio.post("a1111"), studio.post("a1111")]);
    const last = jobs.toSorted((one, other) => (one.number ?? 0) - (other.number ?? 0)).at(-1);
    await studio.request.patch(`/api/jobs/${last?.id}`).send({ priority: 1 }).expect(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(a1111.submits()).toBe(0);
    expect((await studio.request.get("/api/queue").expect(200)).body).toMatchObject({ paused: true });
    await studio.request.put("/api/queue").send({ paused: false }).expect(200);
    const done = await Promise.all(jobs.map(({ id }) => studio.reach(id, "succeeded")));
    const [first] = done.toSorted((one, other) => (one.startTime ?? 0) - (other.startTime ?? 0));
    expect(first?.id).toBe(last?.id);
  });

  it("takes a whole grid at once, or nothing of it", async () => {
    await open(["comfyui"]);
    const base = { provider: "comfyui", kind: "image", model: "txt2img", prompt: "a lighthouse" };
    const params = { width: 64, height: 64, seed: 5 };
    const { body } = await studio.request
      .post("/api/jobs/batch")
      .send({ ...base, params, count: 2, axes: [{ field: "params.steps", values: [2, 4] }] })
      .expect(201);
    expect(body.jobs.map(({ params: made }: Job) => [made["steps"], made["seed"]])).toEqual([
      [2, 5],
      [2, 6],
      [4, 5],
      [4, 6],
    ]);
    expect(new Set(body.jobs.map(({ batchId }: Job) => batchId))).toEqual(new Set([body.batchId]));
    await Promise.all(body.jobs.map(({ id }: Job) => studio.reach(id, "succeeded")));
    const before = studio.store.count("jobs");
    const wrong = { ...base, params, axes: [{ field: "params.steps", values: [2, "many"] }] };
    await studio.request.post("/api/jobs/batch").send(wrong).expect(400);
    const large = { ...base, params, count: 100, axes: [{ field: "params.steps", values: [1, 2, 3] }] };
    const refused = await studio.request.post("/api/jobs/batch").send(large).expect(400);
    expect(refused.body.code).toBe("batch.too-large");
    expect(studio.store.count("jobs")).toBe(before);
  });
});
