import type { JsonObject, TrainedModel } from "@safelight/shared";
import { afterEach, expect, it } from "vitest";
import { type FakeId, TRAINING_PICTURE, TRAINING_PICTURE_PATH } from "../../../testing/fake-providers.ts";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

let studio: FakeStudio;
afterEach(() => studio.close());

const trainings: readonly (readonly [FakeId, string])[] = [
  ["fal", "fal-ai/flux-lora-fast-training"],
  ["replicate", "lora-trainer"],
  ["runpod", "training"],
];

it.for(trainings)(
  "a training at %s sends its pictures once and makes a model of its LoRA",
  async ([id, model]) => {
    studio = await startFakeStudio([id]);
    const sha256 = TRAINING_PICTURE_PATH.split("/").at(-1) ?? "";
    await studio.request
      .put(TRAINING_PICTURE_PATH)
      .set("content-type", "image/png")
      .send(TRAINING_PICTURE)
      .expect(200);
    const image = { sha256, sizeBytes: TRAINING_PICTURE.byteLength, mime: "image/png" };
    const params: JsonObject = {
      images: Array.from({ length: 4 }, (_, index) => ({ image, caption: `view ${index}` })),
      triggerWord: "inkstyle",
    };
    const { id: jobId } = await studio.post(id, { kind: "training", model, prompt: "", params });
    const job = await studio.reach(jobId, "succeeded", "failed", "unknown");
    expect(job.error).toBeUndefined();
    expect(job.status).toBe("succeeded");
    expect(studio.fake(id).submits()).toBe(1);
    expect(studio.fake(id).bill()).toHaveLength(1);
    expect(job.models).toHaveLength(1);
    const { body } = await studio.request.get(`/api/models/${job.models?.[0]}`).expect(200);
    const { lora } = body as TrainedModel;
    const answer = await fetch(`${studio.url}/api/blobs/${lora?.sha256}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(8).toString()).toContain("inkstyle");
  },
);
