import { createHash } from "node:crypto";
import { createProviders } from "@safelight/providers";
import {
  createA1111Fake,
  createAiToolkitFake,
  createComfyuiFake,
  createFalFake,
  createGeminiFake,
  createOpenaiFake,
  createPixellabFake,
  createReplicateFake,
  createRunpodFake,
  createTestHost,
  type FakeServer,
  smallPng,
} from "@safelight/providers/testing";
import type { JsonObject } from "@safelight/shared";

/** A provider's fake, how to start it, and a job that it does within moments. */
interface FakeKind {
  readonly create: () => Promise<FakeServer>;
  readonly job: JsonObject;
}

/** A picture that a training is given, and its hash. */
export const TRAINING_PICTURE: Uint8Array = smallPng(5);
const trainingHash = createHash("sha256").update(TRAINING_PICTURE).digest("hex");

/** Every provider that has a fake, by its id. */
export const FAKE_KINDS = {
  fal: {
    create: createFalFake,
    job: {
      kind: "image",
      model: "fal-ai/flux-lora",
      prompt: "a quiet sea",
      params: { loras: [{ scale: 1, url: "https://example.test/lora.safetensors" }] },
    },
  },
  replicate: {
    create: createReplicateFake,
    job: {
      kind: "image",
      model: "black-forest-labs/flux-dev-lora",
      prompt: "a quiet sea",
      params: { loras: [{ url: "https://example.test/lora.safetensors", scale: 0.9 }] },
    },
  },
  runpod: {
    create: createRunpodFake,
    job: { kind: "image", model: "generation", prompt: "a quiet sea", params: { count: 2 } },
  },
  pixellab: {
    create: createPixellabFake,
    job: { kind: "sprite", model: "pixflux", prompt: "a knight", params: { width: 64, height: 64, seed: 3 } },
  },
  openai: {
    create: createOpenaiFake,
    job: { kind: "image", model: "image", prompt: "a lighthouse", params: { size: "64x64", count: 2 } },
  },
  gemini: {
    create: createGeminiFake,
    job: { kind: "image", model: "image", prompt: "a lighthouse", params: { aspectRatio: "16:9" } },
  },
  comfyui: {
    create: () => createComfyuiFake({ refusesSockets: true }),
    job: {
      kind: "image",
      model: "txt2img",
      prompt: "a lighthouse",
      params: { width: 64, height: 64, seed: 3 },
    },
  },
  "ai-toolkit": {
    create: createAiToolkitFake,
    job: {
      kind: "training",
      model: "lora",
      prompt: "a boat",
      params: {
        images: [
          {
            image: { sha256: trainingHash, sizeBytes: TRAINING_PICTURE.byteLength, mime: "image/png" },
            caption: "a boat",
          },
        ],
        steps: 500,
      },
    },
  },
  a1111: {
    create: createA1111Fake,
    job: { kind: "image", model: "txt2img", prompt: "a lighthouse", params: { seed: 3, count: 2 } },
  },
} as const satisfies Record<string, FakeKind>;

export type FakeId = keyof typeof FAKE_KINDS;
export const FAKE_IDS = Object.keys(FAKE_KINDS) as readonly FakeId[];

/** The environment that makes a studio talk to fakes in place of the real providers. */
export function environmentOf(fakes: ReadonlyMap<string, FakeServer>): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [id, { capabilities }] of createProviders(createTestHost)) {
    const values = fakes.get(id)?.settings ?? {};
    for (const setting of capabilities.settings ?? []) {
      const value = values[setting.name];
      if (value !== undefined) env[setting.env] = value;
    }
  }
  return env;
}

/** The address that takes the picture which trainings are given. */
export const TRAINING_PICTURE_PATH = `/api/blobs/${trainingHash}`;

const TRAINERS: Readonly<Record<string, string>> = {
  fal: "fal-ai/flux-lora-fast-training",
  replicate: "lora-trainer",
  runpod: "training",
};

/** What a studio asks of a provider for a training; `TRAINING_PICTURE` must be put before. */
export function fakeTraining(id: FakeId): JsonObject {
  const image = { sha256: trainingHash, sizeBytes: TRAINING_PICTURE.byteLength, mime: "image/png" };
  const images = Array.from({ length: 4 }, (_, index) => ({ image, caption: `view ${index}` }));
  const model = TRAINERS[id] ?? "";
  return { provider: id, kind: "training", model, prompt: "", params: { images, triggerWord: "inkstyle" } };
}

/** What a studio asks of a provider for a job of its fake. */
export function fakeJob(id: FakeId, fields: JsonObject = {}): JsonObject {
  return { provider: id, ...FAKE_KINDS[id].job, ...fields };
}
