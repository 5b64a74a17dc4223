import { afterEach, expect, it } from "vitest";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

// These answer with the result itself: there is no run to look for.
let studio: FakeStudio;
afterEach(() => studio.close());

it.for(["openai", "gemini"] as const)(
  "a job whose answer %s lost says that it cannot be looked for there, and what is left to do",
  async (id) => {
    studio = await startFakeStudio([id]);
    studio.fake(id).misbehave("submit", { do: "drop-after-accept" });
    const job = await studio.reach((await studio.post(id)).id, "unknown");
    expect(job).toMatchObject({ error: { code: "submit.lost" }, charge: { state: "unknown" } });
    expect(job.error?.message).toContain("keeps no copy that could be looked for");
    expect(job.error?.message).toContain("mark the job as failed");
    const { body } = await studio.request.post(`/api/jobs/${job.id}/look-up`).send({}).expect(200);
    expect(body).toMatchObject({ adopted: false, candidates: [], asksForId: false });
    expect(studio.fake(id).submits()).toBe(1);
  },
);

it("a job whose picture PixelLab lost says at once by how much the balance fell, and counts it", async () => {
  studio = await startFakeStudio(["pixellab"]);
  const pixellab = studio.fake("pixellab");
  pixellab.misbehave("submit", { do: "drop-after-accept" });
  const charged = await studio.reach((await studio.post("pixellab")).id, "unknown");
  expect(charged.charge).toEqual({ state: "unknown", usd: 0.0079 });
  expect(charged.error?.message).toContain("the balance fell by $0.0079");
  pixellab.misbehave("submit", { do: "drop-before-accept" });
  const other = await studio.reach((await studio.post("pixellab")).id, "unknown");
  expect(other.charge).toEqual({ state: "unknown" });
  expect(other.error?.message).toContain("balance has not changed");
  expect(pixellab.submits()).toBe(2);
});
