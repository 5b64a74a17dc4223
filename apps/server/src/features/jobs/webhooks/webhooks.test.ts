import type { SignedCall, TestedFakeServer } from "@safelight/providers/testing";
import { afterEach, describe, expect, it } from "vitest";
import { fakeTraining, TRAINING_PICTURE, TRAINING_PICTURE_PATH } from "../../../../testing/fake-providers.ts";
import { type FakeStudio, type FakeStudioOptions, startFakeStudio } from "../../../../testing/fake-studio.ts";

/** The providers that sign their calls. */
const SIGNING = ["fal", "replicate"] as const;

interface SigningFake extends TestedFakeServer<object> {
  webhook(runId: string, options?: { readonly ageS?: number; readonly forge?: boolean }): SignedCall;
}

let studio: FakeStudio;
afterEach(() => studio.close());

async function open(id: (typeof SIGNING)[number], options: FakeStudioOptions = {}): Promise<SigningFake> {
  studio = await startFakeStudio([id], { publicUrl: "https://studio.example.com", ...options });
  return studio.fake(id) as SigningFake;
}

/** The only run, and the address that the studio gave the provider for it, on this machine. */
function runOf(fake: SigningFake): { readonly path: string; readonly runId: string } {
  const [run] = fake.runs.all();
  if (run === undefined) throw new Error("Nothing was submitted.");
  const { request } = run;
  const given = { webhookUrl: "", webhook: "", ...request };
  const url = new URL(given.webhookUrl || given.webhook);
  expect(url.origin).toBe("https://studio.example.com");
  expect(url.pathname).toMatch(/^\/api\/webhooks\/(fal|replicate)\/job-/);
  return { path: url.pathname, runId: run.id };
}

/** A busy machine may find the run over by then. */
async function untilSent(id: string): Promise<void> {
  const isUnsent = () => ["queued", "submitting"].includes(studio.job(id).status);
  await expect.poll(isUnsent, { timeout: 10_000 }).toBe(false);
}

async function untilOver(fake: SigningFake, runId: string): Promise<void> {
  const state = () => {
    const run = fake.runs.get(runId);
    return run && fake.runs.stateOf(run);
  };
  await expect.poll(state, { timeout: 10_000 }).toBe("succeeded");
}

async function send(path: string, { headers, body }: SignedCall): Promise<number> {
  const answer = await fetch(`${studio.url}${path}`, { method: "POST", headers, body: new Uint8Array(body) });
  return answer.status;
}

describe.for(SIGNING)("a webhook of %s", (id) => {
  it("that is forged, ten minutes old or for another job is refused; three good ones make one picture", async () => {
    const fake = await open(id);
    fake.setRunMs(300);
    const job = await studio.post(id);
    await untilSent(job.id);
    const { path, runId } = runOf(fake);
    expect(await send(path, fake.webhook(runId, { forge: true }))).toBe(401);
    expect(await send(path, fake.webhook(runId, { ageS: 600 }))).toBe(401);
    expect(await send(path, fake.webhook("another-run"))).toBe(401);
    expect(await send(`${path}x`, fake.webhook(runId))).toBe(401);
    expect(await send(path.replace(`/${id}/`, "/runpod/"), fake.webhook(runId))).toBe(401);
    await untilOver(fake, runId);
    for (let count = 0; count < 3; count += 1) expect(await send(path, fake.webhook(runId))).toBe(200);
    await studio.reach(job.id, "succeeded");
    expect(await send(path, fake.webhook(runId))).toBe(200);
    expect(studio.job(job.id).results).toHaveLength(1);
    expect(studio.store.count("contents")).toBe(1);
  });

  it("wakes a job that would ask for its run in ten minutes", async () => {
    const fake = await open(id, { timings: { trainingPollMs: 600_000 } });
    fake.setRunMs(1000);
    await studio.request
      .put(TRAINING_PICTURE_PATH)
      .set("content-type", "image/png")
      .send(TRAINING_PICTURE)
      .expect(200);
    const job = await studio.post(id, fakeTraining(id));
    await untilSent(job.id);
    const { path, runId } = runOf(fake);
    await untilOver(fake, runId);
    expect(await send(path, fake.webhook(runId))).toBe(200);
    await expect.poll(() => studio.job(job.id).status, { timeout: 10_000 }).toBe("succeeded");
  });

  it("that arrives together with polls makes one result", async () => {
    const fake = await open(id);
    const job = await studio.post(id);
    await studio.reach(job.id, "running", "downloading", "succeeded");
    const { path, runId } = runOf(fake);
    await untilOver(fake, runId);
    await Promise.all([
      ...[1, 2, 3].map(() => send(path, fake.webhook(runId))),
      ...[1, 2, 3].map(() => studio.request.post(`/api/jobs/${job.id}/refresh`).expect(200)),
    ]);
    expect((await studio.reach(job.id, "succeeded")).results).toHaveLength(1);
    expect(studio.store.count("contents")).toBe(1);
    expect(fake.received.filter(({ call }) => call === "artifact")).toHaveLength(1);
  });

  it("names the run of a job whose answer was lost", async () => {
    const fake = await open(id);
    fake.misbehave("submit", { do: "drop-after-accept" });
    const job = await studio.post(id);
    await studio.reach(job.id, "unknown");
    const { path, runId } = runOf(fake);
    expect(await send(path, fake.webhook(runId))).toBe(200);
    expect((await studio.reach(job.id, "succeeded")).results).toHaveLength(1);
    expect(fake.submits()).toBe(1);
  });

  it("that comes before the answer to the submit is asked to come again, and adopts when that is lost", async () => {
    const fake = await open(id);
    fake.misbehave("submit", { do: "drop-after-accept", afterMs: 1500 });
    const job = await studio.post(id);
    await expect.poll(() => fake.runs.all().length, { timeout: 10_000 }).toBe(1);
    const { path, runId } = runOf(fake);
    // Of a busy machine the answer may be lost by now; then it is adopted at once.
    expect([503, 200]).toContain(await send(path, fake.webhook(runId)));
    await expect.poll(() => studio.job(job.id).status, { timeout: 10_000 }).not.toBe("submitting");
    expect(await send(path, fake.webhook(runId))).toBe(200);
    expect((await studio.reach(job.id, "succeeded")).results).toHaveLength(1);
    expect(fake.submits()).toBe(1);
  });
});

it("a webhook reaches the studio by its public name, which opens nothing else", async () => {
  await open("fal");
  const host = (path: string) =>
    studio.request
      .post(path)
      .set("host", "studio.example.com")
      .set("content-type", "application/json")
      .send("{}");
  expect((await host("/api/webhooks/fal/nothing")).status).toBe(401);
  expect((await host("/api/jobs")).status).toBe(403);
});
