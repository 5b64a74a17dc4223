import { type Static, Type } from "@sinclair/typebox";
import type { BlobRef } from "@safelight/shared";
import { lorasField, TrainingImagesInput, triggerWordField } from "../inputs.ts";
import { fields, integerField, numberField, pictureField, seedField } from "../param-fields.ts";

const side = (title: string) =>
  integerField({
    title,
    description: "In pixels.",
    minimum: 64,
    maximum: 2048,
    multipleOf: 8,
    default: 1024,
  });

const timeLimit = (preset: number) =>
  integerField({
    title: "Time limit",
    description: "Minutes after which RunPod stops the worker. Work up to then is charged for.",
    minimum: 1,
    maximum: 24 * 60,
    default: preset,
  });

export const GENERATION_MINUTES = 30;
export const TRAINING_MINUTES = 12 * 60;

export const GenerationParams = fields({
  width: side("Width"),
  height: side("Height"),
  steps: integerField({
    title: "Steps",
    description: "More take longer and add detail.",
    minimum: 1,
    maximum: 150,
    default: 28,
  }),
  guidance: numberField({
    title: "Guidance",
    description: "How closely the picture follows the prompt.",
    minimum: 0,
    maximum: 30,
    default: 3.5,
  }),
  seed: seedField(
    "The same seed and prompt give the same picture. Left out, each job gets one of its own.",
    0x7fff_ffff,
  ),
  count: integerField({
    title: "Pictures",
    description: "How many to make.",
    minimum: 1,
    maximum: 8,
    default: 1,
  }),
  image: pictureField({ title: "Picture", description: "What to start from, if your worker can." }),
  strength: numberField({
    title: "Strength",
    description: "How far the result may move away from the picture.",
    minimum: 0,
    maximum: 1,
    default: 0.8,
  }),
  loras: lorasField,
  timeLimitMinutes: timeLimit(GENERATION_MINUTES),
});
export type GenerationParams = Static<typeof GenerationParams>;

export const TrainingParams = fields({
  images: Type.Optional(
    Type.Unsafe<{ image: BlobRef; caption: string }[]>({
      ...TrainingImagesInput,
      title: "Training pictures",
      description: "Each with its caption. They travel in the request, which may have 10 MB.",
    }),
  ),
  imagesUrl: Type.Optional(
    Type.String({
      title: "Address of a data set",
      description:
        "Where your worker finds a zip of pictures and captions, in place of pictures of the studio.",
      maxLength: 2048,
      pattern: "^https?://",
    }),
  ),
  triggerWord: triggerWordField,
  steps: integerField({
    title: "Steps",
    description: "More take longer and cost more.",
    minimum: 1,
    maximum: 100_000,
    default: 1000,
  }),
  rank: integerField({
    title: "Rank",
    description: "How much the LoRA can hold, and how large its file is.",
    minimum: 1,
    maximum: 256,
    default: 16,
  }),
  learningRate: numberField({
    title: "Learning rate",
    description: "How large each step is.",
    minimum: 0.000001,
    maximum: 0.1,
    default: 0.0004,
  }),
  resolution: integerField({
    title: "Resolution",
    description: "Side that pictures are brought to, in pixels.",
    minimum: 256,
    maximum: 2048,
    default: 1024,
  }),
  timeLimitMinutes: timeLimit(TRAINING_MINUTES),
});
export type TrainingParams = Static<typeof TrainingParams>;
