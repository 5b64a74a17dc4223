import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, RecordId, ShortText } from "./fields.ts";

/** An album of contents. */
export const Board = Type.Object(
  {
    ...baseFields,
    name: ShortText,
    coverContentId: Type.Optional(RecordId),
    sortKey: Type.Optional(ShortText),
  },
  { additionalProperties: false },
);
export type Board = Static<typeof Board>;

export const boards = defineCollection({
  name: "boards",
  idPrefix: "board",
  schema: Board,
  document: "boards.json",
  initial: {},
});
