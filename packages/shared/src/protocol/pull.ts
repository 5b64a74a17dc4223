import { type Static, Type } from "@sinclair/typebox";
import { FreeObject } from "../records/fields.ts";
import { Change, Conflict } from "./change.ts";
import { CursorText } from "./cursor.ts";

/**
 * Answer of `GET /api/sync/changes?since=&limit=`: the latest state of each record past the cursor, in order of
 * `seq`. `cursor` is where to go on; `more` says that there is more now.
 */
export const ChangesPage = Type.Object(
  { cursor: CursorText, changes: Type.Array(Change), more: Type.Boolean() },
  { additionalProperties: false },
);
export type ChangesPage = Static<typeof ChangesPage>;

/** First line of a snapshot. `total` records follow, newest first; all are as of `cursor`. */
export const SnapshotHead = Type.Object(
  { type: Type.Literal("head"), cursor: CursorText, total: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type SnapshotHead = Static<typeof SnapshotHead>;

/** One record of a snapshot, as it stood at its own `seq`. */
export const SnapshotRecord = Type.Object(
  {
    type: Type.Literal("record"),
    seq: Type.Integer({ minimum: 1 }),
    collection: Type.String(),
    record: FreeObject,
    /** What nobody has decided yet. */
    conflict: Type.Optional(Conflict),
  },
  { additionalProperties: false },
);
export type SnapshotRecord = Static<typeof SnapshotRecord>;

/** Last line of a snapshot: one without it was cut off, and is resumed with `?before=<lowest seq seen>`. */
export const SnapshotEnd = Type.Object(
  { type: Type.Literal("end"), cursor: CursorText },
  { additionalProperties: false },
);
export type SnapshotEnd = Static<typeof SnapshotEnd>;

export const SnapshotLine = Type.Union([SnapshotHead, SnapshotRecord, SnapshotEnd]);
export type SnapshotLine = Static<typeof SnapshotLine>;
