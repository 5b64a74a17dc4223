import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, LongText, ShortText, withPolicy } from "./fields.ts";

/** A look to train: it has its own training tab. */
export const Style = Type.Object(
  {
    ...baseFields,
    name: ShortText,
    triggerWord: Type.Optional(ShortText),
    description: Type.Optional(withPolicy("text", LongText)),
    sortKey: Type.Optional(ShortText),
  },
  { additionalProperties: false },
);
export type Style = Static<typeof Style>;

export const styles = defineCollection({
  name: "styles",
  idPrefix: "style",
  schema: Style,
  document: "styles.json",
  initial: {},
});
