import type { BlobRef } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { type LoraInput, LorasInput, TrainingImagesInput, triggerWordField } from "../inputs.ts";
import {
  choiceField,
  fields,
  integerField,
  numberField,
  pictureField,
  seedField,
  switchField,
} from "../param-fields.ts";

const SHAPES = ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"] as const;

const pictureFields = {
  aspectRatio: choiceField(SHAPES, { title: "Shape", description: "Width to height.", default: "1:1" }),
  image: pictureField({
    title: "Picture",
    description: "What to start from. The result takes on its shape.",
  }),
  strength: numberField({
    title: "Strength",
    description: "How far the result may move away from the picture: 0 keeps it, 1 ignores it.",
    minimum: 0,
    maximum: 1,
    default: 0.8,
  }),
  steps: integerField({
    title: "Steps",
    description: "More take longer and add detail.",
    minimum: 1,
    maximum: 50,
    default: 28,
  }),
  guidance: numberField({
    title: "Guidance",
    description: "How closely the picture follows the prompt.",
    minimum: 0,
    maximum: 10,
    default: 3,
  }),
  seed: seedField(
    "The same seed and prompt give the same picture. Left out, each job gets one of its own.",
    0x7fff_ffff,
  ),
  count: integerField({
    title: "Pictures",
    description: "How many to make.",
    minimum: 1,
    maximum: 4,
    default: 1,
  }),
};

export const FluxParams = fields(pictureFields);

export const FluxLoraParams = fields({
  ...pictureFields,
  loras: Type.Optional(
    Type.Unsafe<LoraInput[]>({
      ...LorasInput,
      title: "LoRAs",
      description: "Up to two trained models that act on the picture, and how strongly.",
      maxItems: 2,
    }),
  ),
});

export const OwnVersionParams = fields({
  version: Type.String({
    title: "Version",
    description: "The version that a training made, as owner/name:version or the version alone.",
    pattern: "^(?:[A-Za-z0-9._-]+/[A-Za-z0-9._-]+:)?[0-9a-f]{64}$",
  }),
  ...pictureFields,
  loraScale: numberField({
    title: "Strength of the LoRA",
    description: "How strongly what was learned acts.",
    minimum: -1,
    maximum: 3,
    default: 1,
  }),
});

export const VideoParams = fields({
  firstFrame: pictureField({ title: "First picture", description: "What the video begins with." }),
  optimizePrompt: switchField({
    title: "Improve the prompt",
    description: "Lets the model write the prompt out before it begins.",
    default: true,
  }),
});

export const TrainingParams = fields({
  images: Type.Unsafe<{ image: BlobRef; caption: string }[]>({
    ...TrainingImagesInput,
    title: "Training pictures",
    description: "Each with its caption.",
  }),
  triggerWord: triggerWordField,
  steps: integerField({
    title: "Steps",
    description: "More take longer and cost more.",
    minimum: 3,
    maximum: 6000,
    default: 1000,
  }),
  rank: integerField({
    title: "Rank",
    description: "How much the LoRA can hold, and how large its file is.",
    minimum: 1,
    maximum: 128,
    default: 16,
  }),
  learningRate: numberField({
    title: "Learning rate",
    description: "How large each step is.",
    minimum: 0.000001,
    maximum: 0.01,
    default: 0.0004,
  }),
  batchSize: integerField({
    title: "Batch",
    description: "Pictures in a step.",
    minimum: 1,
    maximum: 16,
    default: 1,
  }),
});
