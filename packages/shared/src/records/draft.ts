import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, FreeObject, ShortText, withPolicy } from "./fields.ts";

/** Form state worth keeping, per style or room: `scope` is `create`, `train/<styleId>` and the like. */
export const Draft = Type.Object(
  { ...baseFields, scope: withPolicy("fixed", ShortText), state: FreeObject },
  { additionalProperties: false },
);
export type Draft = Static<typeof Draft>;

export const drafts = defineCollection({
  name: "drafts",
  idPrefix: "draft",
  schema: Draft,
  document: "drafts.json",
  initial: { state: {} },
});
