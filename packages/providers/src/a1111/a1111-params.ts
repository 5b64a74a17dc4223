import { type Static, Type } from "@sinclair/typebox";
import { LorasInput, PictureInput } from "../inputs.ts";
import {
  choiceField,
  fields,
  integerField,
  numberField,
  pictureField,
  seedField,
  switchField,
  textField,
} from "../param-fields.ts";

const side = (title: string) =>
  integerField({ title, description: "In pixels.", minimum: 64, maximum: 2048, default: 512, multipleOf: 8 });

const MAX_NAME = 200;

const shared = {
  width: side("Width"),
  height: side("Height"),
  steps: integerField({
    title: "Steps",
    description: "More take longer and refine more.",
    minimum: 1,
    maximum: 150,
    default: 20,
  }),
  guidance: numberField({
    title: "Guidance",
    description: "How closely the prompt is followed.",
    minimum: 1,
    maximum: 30,
    default: 7,
  }),
  seed: seedField("The same seed and prompt give the same picture. Left out, each job gets one of its own."),
  count: integerField({
    title: "Pictures",
    description: "How many to make; each takes the next seed.",
    minimum: 1,
    maximum: 16,
    default: 1,
  }),
  checkpoint: textField({
    title: "Checkpoint",
    description: "As the web UI names it. Left out, the one that is loaded.",
    maxLength: MAX_NAME,
  }),
  sampler: textField({
    title: "Sampler",
    description: "As the web UI names it, such as Euler a.",
    maxLength: MAX_NAME,
  }),
  scheduler: textField({
    title: "Scheduler",
    description: "As the web UI names it, such as Karras. Older versions have none.",
    maxLength: MAX_NAME,
  }),
  clipSkip: integerField({
    title: "Clip skip",
    description: "Which layer of the text model is read, counted from the last.",
    minimum: 1,
    maximum: 12,
  }),
  loras: Type.Optional(
    Type.Unsafe<Static<typeof LorasInput>>({
      ...LorasInput,
      title: "LoRAs",
      description: "By the names of their files in the web UI's own folder.",
    }),
  ),
};

const denoising = (description: string, preset: number) =>
  numberField({ title: "Denoising", description, minimum: 0, maximum: 1, default: preset });

export const TextToImageParams = fields({
  ...shared,
  upscale: switchField({
    title: "High resolution",
    description: "Enlarges the picture and paints it over once more.",
    default: false,
  }),
  upscaleBy: numberField({
    title: "Enlarge by",
    description: "With high resolution only.",
    minimum: 1,
    maximum: 4,
    default: 2,
  }),
  upscaler: textField({
    title: "Upscaler",
    description: "With high resolution only; as the web UI names it.",
    maxLength: MAX_NAME,
  }),
  denoising: denoising("With high resolution only: how much is painted anew.", 0.7),
});
export type TextToImageParams = Static<typeof TextToImageParams>;

export const ImageToImageParams = fields({
  picture: Type.Unsafe<Static<typeof PictureInput>>({
    ...PictureInput,
    title: "Start from",
    description: "The picture to change.",
  }),
  mask: pictureField({ title: "Mask", description: "White is painted anew, black stays." }),
  denoising: denoising("How much is painted anew.", 0.75),
  resize: choiceField(["stretch", "crop", "fill"], {
    title: "Fit",
    description: "What is done with a picture of another shape.",
    default: "stretch",
  }),
  ...shared,
});
export type ImageToImageParams = Static<typeof ImageToImageParams>;
