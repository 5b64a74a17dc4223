import type { JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import type { Static } from "@sinclair/typebox";
import { checkLoras } from "../../check-loras.ts";
import { type LoraInput, lorasField, requiredPicture } from "../../inputs.ts";
import { jobSeed } from "../../job-seed.ts";
import { fields } from "../../param-fields.ts";
import type { ProviderRequest } from "../../provider.ts";
import type { FalModel, FalUpload } from "../fal-model.ts";
import { fluxFields, sizeFields, strengthField } from "./flux-params.ts";

const TextParams = fields({ ...sizeFields, ...fluxFields({ steps: 28, guidance: 3.5 }) });
const LoraParams = fields({
  ...sizeFields,
  loras: lorasField,
  ...fluxFields({ steps: 28, guidance: 3.5 }),
});
const ImageParams = fields({
  image: requiredPicture({ title: "Picture", description: "What to start from." }),
  strength: strengthField(0.95),
  ...fluxFields({ steps: 40, guidance: 3.5 }),
});
const ImageLoraParams = fields({
  image: requiredPicture({ title: "Picture", description: "What to start from." }),
  strength: strengthField(0.85),
  loras: lorasField,
  ...fluxFields({ steps: 28, guidance: 3.5 }),
});

type Shared = Pick<Static<typeof TextParams>, "steps" | "guidance" | "seed" | "count">;

function sharedInput({ jobId, prompt }: ProviderRequest, params: Shared): JsonObject {
  return {
    prompt,
    num_inference_steps: params.steps ?? 28,
    guidance_scale: params.guidance ?? 3.5,
    num_images: params.count ?? 1,
    seed: params.seed ?? jobSeed(jobId),
    output_format: "png",
  };
}

const sizeOf = ({ width = 1024, height = 768 }: { readonly width?: number; readonly height?: number }) => ({
  width,
  height,
});

const lorasIn = (loras: readonly LoraInput[] | undefined, urlOf: (upload: string) => string) =>
  (loras ?? []).map(({ blob, url, scale }) => ({
    path: blob === undefined ? (url ?? "") : urlOf(blob.sha256),
    scale,
  }));

const loraUploads = (loras: readonly LoraInput[] | undefined): readonly FalUpload[] =>
  (loras ?? []).flatMap(({ blob }) => (blob === undefined ? [] : [{ name: blob.sha256, blob }]));

/** fal charges each picture by the megapixel, rounded up. */
function pictureUnits(
  unit: string,
  count: number,
  size: { readonly width?: number; readonly height?: number },
): number | undefined {
  if (unit === "image" || unit === "request") return unit === "image" ? count : 1;
  if (unit !== "megapixel" || size.width === undefined || size.height === undefined) return undefined;
  return count * Math.ceil((size.width * size.height) / 1_000_000);
}

export const fluxDev: FalModel = {
  id: "fal-ai/flux/dev",
  name: "FLUX.1 dev",
  kind: "image",
  params: TextParams,
  takesNegativePrompt: false,
  uploads: () => [],
  input(request) {
    const params = Value.Decode(TextParams, request.params);
    return { ...sharedInput(request, params), image_size: sizeOf(params) };
  },
  units(request, unit) {
    const params = Value.Decode(TextParams, request.params);
    return pictureUnits(unit, params.count ?? 1, sizeOf(params));
  },
};

export const fluxLora: FalModel = {
  id: "fal-ai/flux-lora",
  name: "FLUX.1 dev with LoRAs",
  kind: "image",
  params: LoraParams,
  takesNegativePrompt: false,
  check: checkLoras,
  uploads: ({ params }) => loraUploads(Value.Decode(LoraParams, params).loras),
  input(request, urlOf) {
    const params = Value.Decode(LoraParams, request.params);
    return {
      ...sharedInput(request, params),
      image_size: sizeOf(params),
      loras: lorasIn(params.loras, urlOf),
    };
  },
  units(request, unit) {
    const params = Value.Decode(LoraParams, request.params);
    return pictureUnits(unit, params.count ?? 1, sizeOf(params));
  },
};

export const fluxFromPicture: FalModel = {
  id: "fal-ai/flux/dev/image-to-image",
  name: "FLUX.1 dev from a picture",
  kind: "image",
  params: ImageParams,
  takesNegativePrompt: false,
  uploads({ params }) {
    const { image } = Value.Decode(ImageParams, params);
    return [{ name: image.sha256, blob: image }];
  },
  input(request, urlOf) {
    const params = Value.Decode(ImageParams, request.params);
    return {
      ...sharedInput(request, { steps: 40, ...params }),
      image_url: urlOf(params.image.sha256),
      strength: params.strength ?? 0.95,
    };
  },
  units(request, unit) {
    const { count = 1, image } = Value.Decode(ImageParams, request.params);
    return pictureUnits(unit, count, image);
  },
};

export const fluxLoraFromPicture: FalModel = {
  id: "fal-ai/flux-lora/image-to-image",
  name: "FLUX.1 dev with LoRAs from a picture",
  kind: "image",
  params: ImageLoraParams,
  takesNegativePrompt: false,
  check: checkLoras,
  uploads({ params }) {
    const { image, loras } = Value.Decode(ImageLoraParams, params);
    return [{ name: image.sha256, blob: image }, ...loraUploads(loras)];
  },
  input(request, urlOf) {
    const params = Value.Decode(ImageLoraParams, request.params);
    return {
      ...sharedInput(request, params),
      image_url: urlOf(params.image.sha256),
      strength: params.strength ?? 0.85,
      loras: lorasIn(params.loras, urlOf),
    };
  },
  units(request, unit) {
    const { count = 1, image } = Value.Decode(ImageLoraParams, request.params);
    return pictureUnits(unit, count, image);
  },
};
