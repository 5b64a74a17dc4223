import { type Static, Type } from "@sinclair/typebox";
import { TrainingImagesInput, triggerWordField } from "../inputs.ts";
import { choiceField, fields, integerField, numberField, switchField, textField } from "../param-fields.ts";
import type { ProviderModel } from "../provider.ts";

export const TrainingParams = fields({
  images: Type.Unsafe<Static<typeof TrainingImagesInput>>({
    ...TrainingImagesInput,
    title: "Training pictures",
    description: "Each with its caption.",
  }),
  triggerWord: triggerWordField,
  baseModel: choiceField(["flux", "flex1", "sdxl", "sd15", "zimage", "qwen_image"], {
    title: "Base model",
    description: "What the LoRA is trained on, and works with. It is downloaded when it is used first.",
    default: "flux",
  }),
  basePath: textField({
    title: "Other weights",
    description: "A folder or a name at Hugging Face of the same kind of model. Left out, the usual ones.",
    maxLength: 500,
  }),
  steps: integerField({
    title: "Steps",
    description: "More take longer, and too many repeat the pictures.",
    minimum: 1,
    maximum: 100_000,
    default: 2000,
  }),
  learningRate: numberField({
    title: "Learning rate",
    description: "How large each step is.",
    minimum: 0.0000001,
    maximum: 0.1,
    default: 0.0001,
  }),
  rank: integerField({
    title: "Rank",
    description: "How much the LoRA can hold, and how large its file is.",
    minimum: 1,
    maximum: 256,
    default: 16,
  }),
  batchSize: integerField({
    title: "Batch",
    description: "Pictures in a step.",
    minimum: 1,
    maximum: 64,
    default: 1,
  }),
  resolution: integerField({
    title: "Resolution",
    description: "Longest side of the pictures in training, in pixels.",
    minimum: 256,
    maximum: 2048,
    default: 1024,
    multipleOf: 64,
  }),
  saveEvery: integerField({
    title: "Save every",
    description: "Steps between two checkpoints on the trainer's disk.",
    minimum: 1,
    maximum: 100_000,
    default: 250,
  }),
  samplePrompts: textField({
    title: "Sample prompts",
    description:
      "One a line. Pictures are made from them at each checkpoint; none are made when there are none.",
    maxLength: 10_000,
  }),
  lowVram: switchField({
    title: "Spare memory",
    description: "Slower, for cards with little memory.",
    default: false,
  }),
});
export type TrainingParams = Static<typeof TrainingParams>;

export const AI_TOOLKIT_MODELS: readonly ProviderModel[] = [
  { id: "lora", name: "LoRA training", kind: "training", params: TrainingParams, takesNegativePrompt: false },
];
