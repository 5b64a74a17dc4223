import { Type, type Static } from "@sinclair/typebox";
import { defineCollection } from "./definition.ts";
import { baseFields, RecordId, ShortText, withPolicy } from "./fields.ts";
import { Charge, JobKind } from "./job.ts";

/** What a job cost whose record is purged: the books outlive it. `time` in epoch ms, of its submit. */
export const Expense = Type.Object(
  {
    ...baseFields,
    jobId: withPolicy("server", RecordId),
    number: Type.Optional(withPolicy("server", Type.Integer({ minimum: 1 }))),
    time: withPolicy("server", Type.Number({ minimum: 0 })),
    provider: withPolicy("server", ShortText),
    model: Type.Optional(withPolicy("server", ShortText)),
    kind: withPolicy("server", JobKind),
    charge: withPolicy("server", Charge),
    estimate: Type.Optional(withPolicy("server", Charge)),
  },
  { additionalProperties: false },
);
export type Expense = Static<typeof Expense>;

export const expenses = defineCollection({
  name: "expenses",
  idPrefix: "expense",
  schema: Expense,
  document: "expenses.json",
  initial: {},
});
