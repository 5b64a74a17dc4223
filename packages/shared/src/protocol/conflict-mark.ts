import { jsonEqual, type JsonObject, valuesOf } from "../json.ts";

/** Values of a record that gave way to a later arrival, until somebody decides. */
export interface ConflictMark {
  /** `seq` of the change that won. */
  readonly seq: number;
  /** The values that lost, `null` for none. Empty: an edit of a record that lay in the trash, which is in the record. */
  readonly lost: JsonObject;
  /** What stands in the fields of `lost` as long as it is open. */
  readonly won: JsonObject;
}

/** The mark of a conflict whose change left the record so. */
export function markConflict(seq: number, lost: JsonObject, record: JsonObject): ConflictMark {
  return { seq, lost, won: valuesOf(record, Object.keys(lost)) };
}

/** What is left of a mark now that the record is so: a field that has moved on is decided, and so is the trash. */
export function openPartOf(mark: ConflictMark, record: JsonObject): ConflictMark | undefined {
  const { seq, lost, won } = mark;
  const names = Object.keys(lost);
  if (names.length === 0) return record["deletedAt"] === undefined ? undefined : mark;
  const left = names.filter((name) => jsonEqual(record[name] ?? null, won[name] ?? null));
  return left.length === 0 ? undefined : { seq, lost: valuesOf(lost, left), won: valuesOf(won, left) };
}
