import { Type, type Static } from "@sinclair/typebox";
import { choiceField, fields, numberField, pictureField, seedField } from "../param-fields.ts";

export const GeminiParams = fields({
  model: Type.Optional(
    Type.String({
      title: "Model",
      description: "Its name at Google. Left out, the one from the settings is used.",
      // It becomes a part of the address.
      pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
      maxLength: 100,
    }),
  ),
  aspectRatio: choiceField(["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"], {
    title: "Shape",
    description: "Width to height. Left out, it follows the picture that is changed, or is square.",
  }),
  imageSize: choiceField(["1K", "2K", "4K"], {
    title: "Size",
    description: "Longest side. Only newer models take it; larger ones cost more.",
  }),
  picture: pictureField({
    title: "Change this picture",
    description: "Edits the picture as the prompt says.",
  }),
  reference: pictureField({ title: "Reference", description: "A second picture to take something from." }),
  temperature: numberField({
    title: "Temperature",
    description: "Low is steady, high is varied.",
    minimum: 0,
    maximum: 2,
  }),
  seed: seedField("Makes results more alike, where the model supports it.", 2 ** 31 - 1),
});
export type GeminiParams = Static<typeof GeminiParams>;
