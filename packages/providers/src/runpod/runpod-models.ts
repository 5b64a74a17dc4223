import type { BlobRef, JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import { checkLoras } from "../check-loras.ts";
import type { RequestFault } from "../check-request.ts";
import { jobSeed } from "../job-seed.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import { makeTrainingZip } from "../training/training-zip.ts";
import { triggerCaption } from "../training/trigger-caption.ts";
import { GENERATION_MINUTES, GenerationParams, TRAINING_MINUTES, TrainingParams } from "./runpod-params.ts";

/** What a RunPod model reads its values with. `names` are those that the template asks for: nothing else is made. */
export interface RunpodSources {
  readonly host: Pick<ProviderHost, "readBlob">;
  readonly names: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** One kind of work at an endpoint of the owner's own. */
export interface RunpodModel extends ProviderModel {
  /** Names of the settings that belong to it. */
  readonly settings: { readonly endpoint: string; readonly input: string; readonly usdPerSecond: string };
  check(request: ProviderRequest): RequestFault | undefined;
  timeLimitMinutes(request: ProviderRequest): number;
  /** Values that the template of the settings may ask for. */
  values(request: ProviderRequest, sources: RunpodSources): Promise<JsonObject>;
}

/** `/run` takes 10 MB; the rest of a request gets some of it. */
const MAX_INLINE_BYTES = 9.5 * 1024 * 1024;

/** What the studio's files come to in a request, as base64. */
const inlineBytes = (blobs: readonly BlobRef[]): number =>
  blobs.reduce((sum, { sizeBytes }) => sum + Math.ceil((sizeBytes * 4) / 3) + 512, 0);

export const RUNPOD_MODELS: readonly RunpodModel[] = [
  {
    id: "generation",
    name: "Pictures at your endpoint",
    kind: "image",
    params: GenerationParams,
    settings: {
      endpoint: "generationEndpoint",
      input: "generationInput",
      usdPerSecond: "generationUsdPerSecond",
    },
    check(request) {
      const fault = checkLoras(request);
      if (fault !== undefined) return fault;
      const { image, loras = [] } = Value.Decode(GenerationParams, request.params);
      const index = loras.findIndex(({ url }) => url === undefined);
      if (index >= 0) {
        const message =
          "RunPod takes no files of this size: give the address where your worker finds the LoRA.";
        return { path: `/params/loras/${index}/url`, message };
      }
      if (image === undefined || inlineBytes([image]) <= MAX_INLINE_BYTES) return undefined;
      return { path: "/params/image", message: "The picture is too large: a request may have 10 MB." };
    },
    timeLimitMinutes: ({ params }) =>
      Value.Decode(GenerationParams, params).timeLimitMinutes ?? GENERATION_MINUTES,
    async values({ jobId, prompt, negativePrompt, params: given }, { host }) {
      const params = Value.Decode(GenerationParams, given);
      const { width = 1024, height = 1024, steps = 28, guidance = 3.5, count = 1, loras = [] } = params;
      const { image, strength = 0.8 } = params;
      return {
        jobId,
        prompt,
        ...(negativePrompt !== undefined && { negativePrompt }),
        width,
        height,
        steps,
        guidance,
        count,
        seed: params.seed ?? jobSeed(jobId),
        ...(loras.length > 0 && { loras: loras.map(({ url = "", scale }) => ({ path: url, scale })) }),
        ...(image !== undefined && { image: await dataUrlOf(host, image), strength }),
      };
    },
  },
  {
    id: "training",
    name: "Training at your endpoint",
    kind: "training",
    params: TrainingParams,
    takesNegativePrompt: false,
    settings: { endpoint: "trainingEndpoint", input: "trainingInput", usdPerSecond: "trainingUsdPerSecond" },
    check({ params }) {
      const { images, imagesUrl } = Value.Decode(TrainingParams, params);
      if (images === undefined && imagesUrl === undefined) {
        return { path: "/params/images", message: "Choose pictures, or give the address of a data set." };
      }
      if (inlineBytes((images ?? []).map(({ image }) => image)) <= MAX_INLINE_BYTES) return undefined;
      const message =
        "The pictures are too large: a request may have 10 MB. Use smaller ones, or the address of a zip.";
      return { path: "/params/images", message };
    },
    timeLimitMinutes: ({ params }) =>
      Value.Decode(TrainingParams, params).timeLimitMinutes ?? TRAINING_MINUTES,
    async values({ jobId, params: given }, { host, names, signal }) {
      const params = Value.Decode(TrainingParams, given);
      const { images, imagesUrl, triggerWord } = params;
      const { steps = 1000, rank = 16, learningRate = 0.0004, resolution = 1024 } = params;
      const readBlob = async (sha256: string) => host.readBlob(sha256);
      return {
        jobId,
        steps,
        rank,
        learningRate,
        resolution,
        ...(triggerWord !== undefined && { triggerWord }),
        ...(imagesUrl !== undefined && { imagesUrl }),
        ...(images !== undefined &&
          names.has("imagesZip") && {
            imagesZip: base64Of(await makeTrainingZip({ images, triggerWord, readBlob, signal })),
          }),
        ...(images !== undefined &&
          names.has("images") && {
            images: await Promise.all(
              images.map(async ({ image, caption }, index) => ({
                name: image.name ?? `${index + 1}`,
                caption: triggerCaption(caption, triggerWord) ?? "",
                base64: base64Of(await host.readBlob(image.sha256)),
              })),
            ),
          }),
      };
    },
  },
];

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

async function dataUrlOf(host: Pick<ProviderHost, "readBlob">, blob: BlobRef): Promise<string> {
  return `data:${blob.mime};base64,${base64Of(await host.readBlob(blob.sha256))}`;
}
