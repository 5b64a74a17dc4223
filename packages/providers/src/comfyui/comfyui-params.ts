import { type Static, Type } from "@sinclair/typebox";
import { LorasInput } from "../inputs.ts";
import {
  choiceField,
  fields,
  integerField,
  numberField,
  pictureField,
  seedField,
  textField,
} from "../param-fields.ts";

const side = (title: string) =>
  integerField({
    title,
    description: "In pixels.",
    minimum: 16,
    maximum: 4096,
    default: 1024,
    multipleOf: 8,
  });

const shared = {
  width: side("Width"),
  height: side("Height"),
  steps: integerField({
    title: "Steps",
    description: "More take longer and refine more.",
    minimum: 1,
    maximum: 200,
    default: 20,
  }),
  guidance: numberField({
    title: "Guidance",
    description: "How closely the prompt is followed.",
    minimum: 0,
    maximum: 30,
    default: 7,
  }),
  seed: seedField("The same seed and prompt give the same picture. Left out, each job gets one of its own."),
  count: integerField({
    title: "Pictures",
    description: "How many to make at once.",
    minimum: 1,
    maximum: 16,
    default: 1,
  }),
  sampler: choiceField(
    [
      "euler",
      "euler_ancestral",
      "heun",
      "dpm_2",
      "dpm_2_ancestral",
      "lms",
      "dpmpp_2s_ancestral",
      "dpmpp_sde",
      "dpmpp_2m",
      "dpmpp_2m_sde",
      "dpmpp_3m_sde",
      "ddim",
      "lcm",
      "uni_pc",
    ],
    { title: "Sampler", description: "How noise becomes a picture.", default: "euler" },
  ),
  scheduler: choiceField(
    ["normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform", "beta"],
    {
      title: "Scheduler",
      description: "How the steps are spread.",
      default: "normal",
    },
  ),
  checkpoint: textField({
    title: "Checkpoint",
    description: "The name of its file, as ComfyUI lists it. Left out, the first one it has.",
    maxLength: 300,
  }),
};

export const DefaultParams = fields({
  ...shared,
  loras: Type.Optional(
    Type.Unsafe<Static<typeof LorasInput>>({
      ...LorasInput,
      title: "LoRAs",
      description: "By the names of their files in ComfyUI's own folder.",
    }),
  ),
});
export type DefaultParams = Static<typeof DefaultParams>;

export const WorkflowParams = fields({
  workflow: textField({
    title: "Workflow",
    description:
      "In API format, with slots: {{prompt}}, {{negative}}, {{seed}}, {{width}}, {{picture}}, … or {{name|otherwise}}. " +
      "Left out, the one from the settings.",
    maxLength: 500_000,
  }),
  picture: pictureField({ title: "Picture", description: "Fills {{picture}} of a LoadImage node." }),
  mask: pictureField({ title: "Mask", description: "Fills {{mask}} of a LoadImage node." }),
  ...shared,
  values: Type.Optional(
    Type.Record(
      Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]*$" }),
      Type.Union([Type.String({ maxLength: 100_000 }), Type.Number(), Type.Boolean()]),
      { title: "Further slots", description: "Values for slots of your own, by their names." },
    ),
  ),
});
export type WorkflowParams = Static<typeof WorkflowParams>;
