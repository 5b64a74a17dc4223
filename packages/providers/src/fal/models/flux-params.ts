import { integerField, numberField, seedField } from "../../param-fields.ts";

const side = (title: string, preset: number) =>
  integerField({
    title,
    description: "In pixels, in steps of 16.",
    minimum: 256,
    maximum: 1536,
    multipleOf: 16,
    default: preset,
  });

export const sizeFields = { width: side("Width", 1024), height: side("Height", 768) };

/** What every FLUX model of fal takes. */
export const fluxFields = (presets: { readonly steps: number; readonly guidance: number }) => ({
  steps: integerField({
    title: "Steps",
    description: "More take longer and add detail.",
    minimum: 1,
    maximum: 50,
    default: presets.steps,
  }),
  guidance: numberField({
    title: "Guidance",
    description: "How closely the picture follows the prompt.",
    minimum: 1,
    maximum: 20,
    default: presets.guidance,
  }),
  seed: seedField(
    "The same seed and prompt give the same picture. Left out, each job gets one of its own.",
    0x7fff_ffff,
  ),
  count: integerField({
    title: "Pictures",
    description: "How many to make. Each is charged for.",
    minimum: 1,
    maximum: 4,
    default: 1,
  }),
});

export const strengthField = (preset: number) =>
  numberField({
    title: "Strength",
    description: "How far the result may move away from the picture: 0 keeps it, 1 ignores it.",
    minimum: 0.01,
    maximum: 1,
    default: preset,
  });
