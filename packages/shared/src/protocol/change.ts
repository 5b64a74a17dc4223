import { type Static, Type } from "@sinclair/typebox";
import { FreeObject, RecordId } from "../records/fields.ts";

export const ChangeOp = Type.Union([
  Type.Literal("create"),
  Type.Literal("update"),
  Type.Literal("delete"),
  Type.Literal("restore"),
  Type.Literal("purge"),
]);
export type ChangeOp = Static<typeof ChangeOp>;

/**
 * Values that lost to a later arrival; the version they stood in stays in the history, marked. `seq` is where they did,
 * if not in the change that it comes with: the record has changed again since, in other fields.
 */
export const Conflict = Type.Object(
  { lost: FreeObject, seq: Type.Optional(Type.Integer({ minimum: 1 })) },
  { additionalProperties: false },
);
export type Conflict = Static<typeof Conflict>;

/**
 * One record's new state at `seq`. `record` is whole (a deleted one carries `deletedAt`); it is absent after a
 * purge, which leaves a tombstone.
 */
export const Change = Type.Object(
  {
    seq: Type.Integer({ minimum: 1 }),
    collection: Type.String(),
    id: RecordId,
    op: ChangeOp,
    record: Type.Optional(FreeObject),
    conflict: Type.Optional(Conflict),
  },
  { additionalProperties: false },
);
export type Change = Static<typeof Change>;
