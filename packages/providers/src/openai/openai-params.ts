import { type Static, Type } from "@sinclair/typebox";
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

const model = textField({
  title: "Model",
  description: "Its name at the server. Left out, the one from the settings is used.",
  maxLength: 200,
});

const MAX_TEXT = 200_000;

/** What was said before, oldest first. */
const messages = Type.Optional(
  Type.Array(
    Type.Object(
      {
        role: Type.Union([Type.Literal("system"), Type.Literal("user"), Type.Literal("assistant")]),
        content: Type.String({ maxLength: MAX_TEXT }),
      },
      { additionalProperties: false },
    ),
    { title: "Earlier messages", description: "What was said before, oldest first.", maxItems: 200 },
  ),
);

export const ChatParams = fields({
  model,
  system: textField({
    title: "Instructions",
    description: "What the model is told before anything else.",
    maxLength: MAX_TEXT,
  }),
  messages,
  picture: pictureField({ title: "Picture", description: "Shown to models that can see." }),
  temperature: numberField({
    title: "Temperature",
    description: "Low is steady, high is varied. Some models accept none.",
    minimum: 0,
    maximum: 2,
  }),
  maxTokens: integerField({
    title: "Longest answer",
    description: "In tokens; the answer is cut off there.",
    minimum: 1,
    maximum: 1_000_000,
  }),
  json: switchField({
    title: "Answer as JSON",
    description: "Asks for a JSON object. The instructions must mention JSON.",
    default: false,
  }),
  seed: seedField("Makes answers more alike, where the model supports it."),
});
export type ChatParams = Static<typeof ChatParams>;

export const ImageParams = fields({
  model,
  size: Type.Optional(
    Type.String({
      title: "Size",
      description: "Width and height as 1024x1024, or auto. Each model takes a few sizes only.",
      pattern: "^(auto|[1-9][0-9]{1,4}x[1-9][0-9]{1,4})$",
      maxLength: 11,
      default: "1024x1024",
    }),
  ),
  quality: choiceField(["auto", "low", "medium", "high", "standard", "hd"], {
    title: "Quality",
    description:
      "Low to high for the gpt-image models, standard or hd for dall-e-3. Left out, the server decides.",
  }),
  background: choiceField(["auto", "transparent", "opaque"], {
    title: "Background",
    description: "Only for the gpt-image models.",
  }),
  count: integerField({
    title: "Pictures",
    description: "How many to make; some models make one only.",
    minimum: 1,
    maximum: 10,
    default: 1,
  }),
  picture: pictureField({
    title: "Change this picture",
    description: "Edits the picture instead of a new one.",
  }),
});
export type ImageParams = Static<typeof ImageParams>;
