import type { BlobRef, JsonObject } from "@safelight/shared";
import { Value } from "@sinclair/typebox/value";
import { checkRequest, type RequestFault } from "../check-request.ts";
import { jobSeed } from "../job-seed.ts";
import type { ProviderModel, ProviderRequest } from "../provider.ts";
import { ImageToImageParams, TextToImageParams } from "./a1111-params.ts";

export const A1111_MODELS: readonly ProviderModel[] = [
  { id: "txt2img", name: "Text to picture", kind: "image", params: TextToImageParams },
  { id: "img2img", name: "Picture to picture", kind: "image", params: ImageToImageParams },
];

/** The first fault of a request: a LoRA is known to the web UI by name alone. */
export function checkA1111(request: ProviderRequest): RequestFault | undefined {
  const fault = checkRequest(A1111_MODELS, request);
  if (fault !== undefined) return fault;
  const { loras = [] } = Value.Decode(
    request.model === "img2img" ? ImageToImageParams : TextToImageParams,
    request.params,
  );
  const nameless = loras.findIndex(({ name }) => name === undefined || !LORA_NAME.test(name));
  if (nameless < 0) return undefined;
  return {
    path: `/params/loras/${nameless}/name`,
    message: "Name the LoRA as its file in the web UI's folder is called, without its ending.",
  };
}

/** Anything that cannot end the `<lora:…>` that it is written into. */
const LORA_NAME = /^[^<>:]+$/;

/** The name that the web UI knows the task by. */
export const taskOf = (jobId: string): string => `task(${jobId})`;

const RESIZE_MODES = { stretch: 0, crop: 1, fill: 2 } as const;

export async function a1111Body(
  request: ProviderRequest,
  read: (blob: BlobRef) => Promise<string>,
): Promise<JsonObject> {
  if (request.model !== "img2img") {
    const params = Value.Decode(TextToImageParams, request.params);
    const { upscale, upscaleBy = 2, upscaler, denoising = 0.7 } = params;
    const enlarged = {
      enable_hr: true,
      hr_scale: upscaleBy,
      denoising_strength: denoising,
      ...(upscaler !== undefined && { hr_upscaler: upscaler }),
    };
    return { ...sharedBody(request, params), ...(upscale === true && enlarged) };
  }
  const params = Value.Decode(ImageToImageParams, request.params);
  const { picture, mask, denoising = 0.75, resize = "stretch" } = params;
  return {
    ...sharedBody(request, params),
    init_images: [await read(picture)],
    ...(mask !== undefined && { mask: await read(mask) }),
    denoising_strength: denoising,
    resize_mode: RESIZE_MODES[resize],
  };
}

type Shared = Omit<TextToImageParams, "upscale" | "upscaleBy" | "upscaler" | "denoising">;

function sharedBody(request: ProviderRequest, params: Shared): JsonObject {
  const { width = 512, height = 512, steps = 20, guidance = 7, count = 1, loras = [], clipSkip } = params;
  const { seed = jobSeed(request.jobId), sampler, scheduler, checkpoint } = params;
  const tags = loras.map(({ name = "", scale }) => ` <lora:${name}:${scale}>`).join("");
  return {
    prompt: request.prompt + tags,
    negative_prompt: request.negativePrompt ?? "",
    width,
    height,
    steps,
    cfg_scale: guidance,
    seed,
    batch_size: 1,
    n_iter: count,
    ...(sampler !== undefined && { sampler_name: sampler }),
    ...(scheduler !== undefined && { scheduler }),
    override_settings: {
      return_grid: false,
      ...(checkpoint !== undefined && { sd_model_checkpoint: checkpoint }),
      ...(clipSkip !== undefined && { CLIP_stop_at_last_layers: clipSkip }),
    },
    override_settings_restore_afterwards: true,
    send_images: true,
    // A copy stays with the web UI, should the answer be lost.
    save_images: true,
    force_task_id: taskOf(request.jobId),
  };
}
