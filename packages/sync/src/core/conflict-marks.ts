import { type Change, type Json, jsonEqual, type JsonObject } from "@safelight/shared";

/** Values of a record that gave way to a later arrival, until somebody decides. */
export interface ConflictMark {
  /** `seq` of the change that won. */
  readonly seq: number;
  /** The values that lost, `null` for none. Empty: an edit of a record that lay in the trash, which is in the record. */
  readonly lost: JsonObject;
  /** What won: a field that has moved on since is decided. */
  readonly won: JsonObject;
}

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
  // A field whose winner is there no more has been decided. What lost first is what its writer looks for.
  const isOpen = ([name]: [string, Json]) => jsonEqual(record[name] ?? null, held?.won[name] ?? null);
  const open = Object.fromEntries(Object.entries(held?.lost ?? {}).filter(isOpen));
  const lost: JsonObject = { ...fresh, ...open };
  const names = Object.keys(lost);
  const isOfTrash = names.length === 0 && Object.keys(fresh ?? held?.lost ?? {}).length === 0;
  if (isOfTrash ? record["deletedAt"] === undefined : names.length === 0) return undefined;
  const won = Object.fromEntries(names.map((name) => [name, record[name] ?? null]));
  return { seq: fresh === undefined ? (held?.seq ?? seq) : seq, lost, won };
}
