import type { JsonObject } from "@safelight/shared";
import type { Static } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { checkLoras } from "../check-loras.ts";
import { jobSeed } from "../job-seed.ts";
import type { ProviderRequest } from "../provider.ts";
import type { ReplicateModel, ReplicateUpload } from "./replicate-model.ts";
import {
  FluxLoraParams,
  FluxParams,
  OwnVersionParams,
  TrainingParams,
  VideoParams,
} from "./replicate-params.ts";

type UrlOf = (upload: string) => string;
type PictureParams = Static<typeof FluxParams>;

function pictureInput({ jobId, prompt }: ProviderRequest, params: PictureParams, urlOf: UrlOf): JsonObject {
  const { image, strength = 0.8, aspectRatio = "1:1", steps = 28, guidance = 3, count = 1 } = params;
  return {
    prompt,
    // The result takes on the shape of a picture that it starts from.
    ...(image === undefined
      ? { aspect_ratio: aspectRatio }
      : { image: urlOf(image.sha256), prompt_strength: strength }),
    num_inference_steps: steps,
    guidance,
    num_outputs: count,
    seed: params.seed ?? jobSeed(jobId),
    output_format: "png",
  };
}

const imageUpload = ({ image }: PictureParams): readonly ReplicateUpload[] =>
  image === undefined ? [] : [{ name: image.sha256, blob: image }];

const ZIP = "training-zip";

export const REPLICATE_MODELS: readonly ReplicateModel[] = [
  {
    id: "black-forest-labs/flux-dev",
    name: "FLUX.1 dev",
    kind: "image",
    params: FluxParams,
    takesNegativePrompt: false,
    target: () => ({ by: "model", name: "black-forest-labs/flux-dev" }),
    uploads: ({ params }) => imageUpload(Value.Decode(FluxParams, params)),
    input: (request, urlOf) => pictureInput(request, Value.Decode(FluxParams, request.params), urlOf),
  },
  {
    id: "black-forest-labs/flux-dev-lora",
    name: "FLUX.1 dev with LoRAs",
    kind: "image",
    params: FluxLoraParams,
    takesNegativePrompt: false,
    check: checkLoras,
    target: () => ({ by: "model", name: "black-forest-labs/flux-dev-lora" }),
    uploads({ params: given }) {
      const { loras = [], ...params } = Value.Decode(FluxLoraParams, given);
      const files = loras.flatMap(({ blob }) => (blob === undefined ? [] : [{ name: blob.sha256, blob }]));
      return [...imageUpload(params), ...files];
    },
    input(request, urlOf) {
      const { loras = [], ...params } = Value.Decode(FluxLoraParams, request.params);
      const [one, other] = loras.map(({ blob, url = "", scale }) => ({
        path: blob === undefined ? url : urlOf(blob.sha256),
        scale,
      }));
      return {
        ...pictureInput(request, params, urlOf),
        ...(one !== undefined && { lora_weights: one.path, lora_scale: one.scale }),
        ...(other !== undefined && { extra_lora: other.path, extra_lora_scale: other.scale }),
      };
    },
  },
  {
    id: "own-version",
    name: "A model of yours, by version",
    kind: "image",
    params: OwnVersionParams,
    takesNegativePrompt: false,
    target({ params }) {
      const { version } = Value.Decode(OwnVersionParams, params);
      return { by: "version", version: version.split(":").at(-1) ?? version };
    },
    uploads: ({ params }) => imageUpload(Value.Decode(OwnVersionParams, params)),
    input(request, urlOf) {
      const { loraScale = 1, ...params } = Value.Decode(OwnVersionParams, request.params);
      const { guidance, ...rest } = pictureInput(request, params, urlOf);
      return { ...rest, guidance_scale: guidance ?? 3, lora_scale: loraScale };
    },
  },
  {
    id: "minimax/video-01",
    name: "MiniMax Video 01",
    kind: "video",
    params: VideoParams,
    takesNegativePrompt: false,
    target: () => ({ by: "model", name: "minimax/video-01" }),
    uploads({ params }) {
      const { firstFrame } = Value.Decode(VideoParams, params);
      return firstFrame === undefined ? [] : [{ name: firstFrame.sha256, blob: firstFrame }];
    },
    input({ prompt, params }, urlOf) {
      const { firstFrame, optimizePrompt = true } = Value.Decode(VideoParams, params);
      return {
        prompt,
        prompt_optimizer: optimizePrompt,
        ...(firstFrame !== undefined && { first_frame_image: urlOf(firstFrame.sha256) }),
      };
    },
  },
  {
    id: "lora-trainer",
    name: "LoRA trainer",
    kind: "training",
    params: TrainingParams,
    takesNegativePrompt: false,
    target: () => ({ by: "trainer" }),
    uploads({ params }) {
      const { images, triggerWord } = Value.Decode(TrainingParams, params);
      return [{ name: ZIP, images, triggerWord }];
    },
    input({ params }, urlOf) {
      const {
        triggerWord,
        steps = 1000,
        rank = 16,
        learningRate = 0.0004,
        batchSize = 1,
      } = Value.Decode(TrainingParams, params);
      return {
        input_images: urlOf(ZIP),
        ...(triggerWord !== undefined && { trigger_word: triggerWord }),
        // The captions are ours.
        autocaption: false,
        steps,
        lora_rank: rank,
        learning_rate: learningRate,
        batch_size: batchSize,
      };
    },
  },
];
