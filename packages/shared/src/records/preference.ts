import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, ShortText, withPolicy } from "./fields.ts";

/** The id of the one record of preferences. */
export const STUDIO_PREFERENCES = "preference-studio";

/**
 * How the studio behaves, for everybody who uses it. `timeZone` is an IANA name and says when a day of spending
 * begins; UTC when absent. A paused queue, or provider, sends nothing; what is under way goes on.
 */
export const Preference = Type.Object(
  {
    ...baseFields,
    timeZone: Type.Optional(Type.String({ maxLength: 100, pattern: "^[A-Za-z0-9_+/-]+$" })),
    queuePaused: Type.Optional(Type.Boolean()),
    pausedProviders: Type.Optional(
      withPolicy("set", Type.Array(ShortText, { maxItems: 100, uniqueItems: true })),
    ),
  },
  { additionalProperties: false },
);
export type Preference = Static<typeof Preference>;

export const preferences = defineCollection({
  name: "preferences",
  idPrefix: "preference",
  schema: Preference,
  document: "preferences.json",
  initial: {},
});
