import { type Static, Type } from "@sinclair/typebox";
import { Change } from "./change.ts";
import { CursorText } from "./cursor.ts";

/** `event: hello`, first on every event stream. */
export const HelloEvent = Type.Object(
  { cursor: CursorText, schema: Type.Integer(), readOnly: Type.Boolean() },
  { additionalProperties: false },
);
export type HelloEvent = Static<typeof HelloEvent>;

/** `event: changes`, with `id:` the cursor after them. */
export const ChangesEvent = Type.Object(
  { cursor: CursorText, changes: Type.Array(Change) },
  { additionalProperties: false },
);
export type ChangesEvent = Static<typeof ChangesEvent>;

/** `event: reset`: the cursor asked for cannot be served from; take a snapshot. */
export const ResetEvent = Type.Object({ cursor: CursorText }, { additionalProperties: false });
export type ResetEvent = Static<typeof ResetEvent>;
