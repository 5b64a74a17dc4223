import { createProviders } from "@safelight/providers";
import {
  createA1111Fake,
  createComfyuiFake,
  createFalFake,
  createGeminiFake,
  createOpenaiFake,
  createPixellabFake,
  createTestHost,
  type FakeServer,
} from "@safelight/providers/testing";
import type { JsonObject } from "@safelight/shared";

/** A provider's fake, how to start it, and a job that it does within moments. */
interface FakeKind {
  readonly create: () => Promise<FakeServer>;
  readonly job: JsonObject;
}

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

/** What a studio asks of a provider for a job of its fake. */
export function fakeJob(id: FakeId, fields: JsonObject = {}): JsonObject {
  return { provider: id, ...FAKE_KINDS[id].job, ...fields };
}
