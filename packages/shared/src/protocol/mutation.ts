import { type Static, Type } from "@sinclair/typebox";
import { FreeObject, RecordId } from "../records/fields.ts";

export const MutationOp = Type.Union([
  Type.Literal("create"),
  Type.Literal("update"),
  Type.Literal("delete"),
  Type.Literal("restore"),
]);
export type MutationOp = Static<typeof MutationOp>;

/**
 * What is asked of one record. `set` holds new values of fields; `null` removes a field, as in JSON merge patch.
 * `was` holds what the writer saw in those fields (absent or `null`: nothing); a field of `set` that `was` does not
 * name is set without a merge.
 */
export const Mutation = Type.Object(
  {
    collection: Type.String({ maxLength: 64 }),
    id: RecordId,
    op: MutationOp,
    set: Type.Optional(FreeObject),
    was: Type.Optional(FreeObject),
  },
  { additionalProperties: false },
);
export type Mutation = Static<typeof Mutation>;

/** A mutation on its way: `n` counts up per client, so that a resend has one effect. */
export const NumberedMutation = Type.Object(
  { n: Type.Integer({ minimum: 1 }), ...Mutation.properties },
  { additionalProperties: false },
);
export type NumberedMutation = Static<typeof NumberedMutation>;
