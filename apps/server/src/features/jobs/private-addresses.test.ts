import type { FakeCall } from "@safelight/providers/testing";
import { afterEach, expect, it } from "vitest";
import { type FakeId, TRAINING_PICTURE, TRAINING_PICTURE_PATH } from "../../../testing/fake-providers.ts";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

let studio: FakeStudio;
afterEach(() => studio.close());

/** Every adapter that fetches its results by an address: a redirect there leads to a cloud's metadata service, or the answer itself does. */
const WAYS: readonly (readonly [FakeId, FakeCall])[] = [
  ["fal", "artifact"],
  ["fal", "results"],
  ["replicate", "artifact"],
  ["replicate", "poll"],
  ["runpod", "artifact"],
  ["runpod", "poll"],
  ["openai", "submit"],
  ["comfyui", "artifact"],
  ["ai-toolkit", "artifact"],
];

it.for(WAYS)("a result of %s that its %s leads to a private address is not fetched", async ([id, call]) => {
  studio = await startFakeStudio([id]);
  await studio.request
    .put(TRAINING_PICTURE_PATH)
    .set("content-type", "image/png")
    .send(TRAINING_PICTURE)
    .expect(200);
  studio.fake(id).misbehave(call, { do: "redirect-to-private" }, Number.POSITIVE_INFINITY);
  const job = await studio.post(id);
  await studio.reach(job.id, "downloading");
  await expect
    .poll(() => studio.job(job.id).error?.message, { timeout: 10_000 })
    .toContain("private address");
  expect(studio.job(job.id).status).toBe("downloading");
  // One of RunPod's two pictures comes with the answer itself.
  const inline = id === "runpod" ? 1 : 0;
  await expect.poll(() => studio.job(job.id).results.length, { timeout: 10_000 }).toBe(inline);
  expect(studio.job(job.id).models ?? []).toEqual([]);
});
