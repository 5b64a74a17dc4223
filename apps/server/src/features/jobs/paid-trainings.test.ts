import type { TrainedModel } from "@safelight/shared";
import { afterEach, expect, it } from "vitest";
import { fakeTraining, TRAINING_PICTURE, TRAINING_PICTURE_PATH } from "../../../testing/fake-providers.ts";
import { type FakeStudio, startFakeStudio } from "../../../testing/fake-studio.ts";

let studio: FakeStudio;
afterEach(() => studio.close());

it.for(["fal", "replicate", "runpod"] as const)(
  "a training at %s sends its pictures once and makes a model of its LoRA",
  async (id) => {
    studio = await startFakeStudio([id]);
    await studio.request
      .put(TRAINING_PICTURE_PATH)
      .set("content-type", "image/png")
      .send(TRAINING_PICTURE)
      .expect(200);
    const { id: jobId } = await studio.post(id, fakeTraining(id));
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
