import { type Cursor, formatCursor } from "@safelight/shared";
import type { StoredChange } from "@safelight/store";

/** A `Change` of the protocol as JSON text, around the record's own text. */
function changeJson(change: StoredChange): string {
  const { seq, collection, id, op, json, conflict } = change;
  const head = JSON.stringify({ seq, collection, id, op, ...(conflict === undefined ? {} : { conflict }) });
  return json === undefined ? head : `${head.slice(0, -1)},"record":${json}}`;
}

/** A `ChangesPage` as JSON text; a `ChangesEvent` without `more`. */
export function changesJson(cursor: Cursor, changes: readonly StoredChange[], more?: boolean): string {
  const tail = more === undefined ? "" : `,"more":${more}`;
  return `{"cursor":"${formatCursor(cursor)}","changes":[${changes.map(changeJson).join(",")}]${tail}}`;
}
