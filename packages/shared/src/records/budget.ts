import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, ShortText } from "./fields.ts";

/**
 * Most money, in US dollars, that may be spent in a day, in a month or ever; with `provider`, at that one alone. Days
 * and months are those of the studio's time zone. A job that would pass it is not sent. One whose price nobody can tell
 * is not sent either, unless `allowUnknown`.
 */
export const Budget = Type.Object(
  {
    ...baseFields,
    usd: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    per: Type.Union([Type.Literal("day"), Type.Literal("month"), Type.Literal("total")]),
    provider: Type.Optional(ShortText),
    allowUnknown: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Budget = Static<typeof Budget>;

export const budgets = defineCollection({
  name: "budgets",
  idPrefix: "budget",
  schema: Budget,
  document: "budgets.json",
  initial: { per: "month" },
});
