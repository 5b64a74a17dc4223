import { type Change, type ConflictMark, type JsonObject, markConflict, openPartOf } from "@safelight/shared";

/** By `collection/id`. */
export type ConflictMarks = Readonly<Record<string, ConflictMark>>;

/** Marks are kept with the state of the database, which every step writes. */
const MOST_MARKS = 200;

/** The marks after some changes. */
export function markConflicts(
  marks: ConflictMarks,
  changes: readonly Pick<Change, "seq" | "collection" | "id" | "record" | "conflict">[],
): ConflictMarks {
  const next = new Map(Object.entries(marks));
  for (const { seq, collection, id, record, conflict } of changes) {
    const key = `${collection}/${id}`;
    const held = next.get(key);
    if (held === undefined && conflict === undefined) continue;
    next.delete(key);
    const at = conflict?.seq ?? seq;
    const mark = record === undefined ? undefined : markOf(at, record, held, conflict?.lost);
    if (mark !== undefined) next.set(key, mark);
  }
  return Object.fromEntries([...next].slice(-MOST_MARKS));
}

function markOf(
  seq: number,
  record: JsonObject,
  held: ConflictMark | undefined,
  fresh: JsonObject | undefined,
): ConflictMark | undefined {
  const open = held === undefined ? undefined : openPartOf(held, record);
  if (fresh === undefined) return open;
  // What lost first is what its writer looks for.
  return openPartOf(markConflict(seq, { ...fresh, ...open?.lost }, record), record);
}
