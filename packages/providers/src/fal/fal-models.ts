import type { FalModel } from "./fal-model.ts";
import { fluxDev, fluxFromPicture, fluxLora, fluxLoraFromPicture } from "./models/flux-models.ts";
import { fluxLoraTraining } from "./models/flux-lora-training.ts";
import { veo3 } from "./models/veo3.ts";

/** The first of a kind is what a job gets that names no model. */
export const FAL_MODELS: readonly FalModel[] = [
  fluxDev,
  fluxLora,
  fluxFromPicture,
  fluxLoraFromPicture,
  veo3,
  fluxLoraTraining,
];
