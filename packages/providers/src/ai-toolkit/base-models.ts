import type { JsonObject } from "@safelight/shared";

/** A model that LoRAs are trained on, with what AI Toolkit's own interface presets for it. */
export interface BaseModel {
  readonly name: string;
  /** Of the config's `model`. */
  readonly model: JsonObject;
  readonly sampler: "flowmatch" | "ddpm";
  readonly sample: { readonly side: number; readonly guidance: number; readonly steps: number };
}

const flow = (id: string, path: string, extra: JsonObject = {}): BaseModel["model"] => ({
  arch: id,
  name_or_path: path,
  quantize: true,
  qtype: "qfloat8",
  quantize_te: true,
  qtype_te: "qfloat8",
  ...extra,
});
const plain = (id: string, path: string): BaseModel["model"] => ({
  arch: id,
  name_or_path: path,
  quantize: false,
  quantize_te: false,
});

/** As of AI Toolkit's `ui/src/app/jobs/new/options.tsx`. FLUX.1 asks for a licence at Hugging Face first. */
export const BASE_MODELS = {
  flux: {
    name: "FLUX.1 dev",
    model: flow("flux", "black-forest-labs/FLUX.1-dev"),
    sampler: "flowmatch",
    sample: { side: 1024, guidance: 4, steps: 25 },
  },
  flex1: {
    name: "Flex.1",
    model: flow("flex1", "ostris/Flex.1-alpha"),
    sampler: "flowmatch",
    sample: { side: 1024, guidance: 4, steps: 25 },
  },
  sdxl: {
    name: "SDXL",
    model: plain("sdxl", "stabilityai/stable-diffusion-xl-base-1.0"),
    sampler: "ddpm",
    sample: { side: 1024, guidance: 6, steps: 25 },
  },
  sd15: {
    name: "Stable Diffusion 1.5",
    model: plain("sd15", "stable-diffusion-v1-5/stable-diffusion-v1-5"),
    sampler: "ddpm",
    sample: { side: 512, guidance: 6, steps: 25 },
  },
  zimage: {
    name: "Z-Image",
    model: flow("zimage", "Tongyi-MAI/Z-Image", { low_vram: true }),
    sampler: "flowmatch",
    sample: { side: 1024, guidance: 4, steps: 30 },
  },
  qwen_image: {
    name: "Qwen-Image",
    model: flow("qwen_image", "Qwen/Qwen-Image", { low_vram: true }),
    sampler: "flowmatch",
    sample: { side: 1024, guidance: 4, steps: 25 },
  },
} as const satisfies Readonly<Record<string, BaseModel>>;
