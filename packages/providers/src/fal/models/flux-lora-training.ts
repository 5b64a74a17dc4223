import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { TrainingImagesInput, triggerWordField } from "../../inputs.ts";
import { fields, integerField, switchField } from "../../param-fields.ts";
import type { FalModel } from "../fal-model.ts";

const Params = fields({
  images: Type.Array(TrainingImagesInput.items, {
    title: "Training pictures",
    description: "At least four, each with its caption.",
    minItems: 4,
    maxItems: 1000,
    input: "training-images",
  }),
  triggerWord: triggerWordField,
  steps: integerField({
    title: "Steps",
    description: "More take longer and cost more.",
    minimum: 1,
    maximum: 10_000,
    default: 1000,
  }),
  isStyle: switchField({
    title: "Style",
    description: "Learns a look and not a subject: no masks are made, and no captions are invented.",
    default: false,
  }),
  createMasks: switchField({
    title: "Masks",
    description: "Finds the subject in each picture and gives it more weight.",
    default: true,
  }),
});

const ZIP = "training-zip";

/** LoRA training on FLUX.1 dev: a zip of pictures and captions in, a `.safetensors` file out. */
export const fluxLoraTraining: FalModel = {
  id: "fal-ai/flux-lora-fast-training",
  name: "FLUX LoRA, fast training",
  kind: "training",
  params: Params,
  takesNegativePrompt: false,
  uploads({ params }) {
    const { images, triggerWord } = Value.Decode(Params, params);
    return [{ name: ZIP, images, triggerWord }];
  },
  input({ params }, urlOf) {
    const { triggerWord, steps = 1000, isStyle = false, createMasks = true } = Value.Decode(Params, params);
    return {
      images_data_url: urlOf(ZIP),
      ...(triggerWord !== undefined && { trigger_word: triggerWord }),
      steps,
      is_style: isStyle,
      create_masks: createMasks && !isStyle,
      is_input_format_already_preprocessed: false,
      data_archive_format: "zip",
    };
  },
  units(request, unit) {
    const { steps = 1000 } = Value.Decode(Params, request.params);
    if (unit === "step") return steps;
    return unit === "request" || unit === "run" || unit === "training" ? 1 : undefined;
  },
};
