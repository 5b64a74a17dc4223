import { type AnyRecord, type Json, jsonEqual } from "@safelight/shared";

/** A field's values on both sides; a side is absent where the field, or the record, is. */
export interface FieldDiff {
  readonly before?: Json;
  readonly after?: Json;
}

/** Fields that every change touches say nothing about it. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["id", "rev", "updatedAt"]);

/** The fields in which two states of a record differ, by name; `undefined` stands for a record that is not there. */
export function diffRecords(
  before: AnyRecord | undefined,
  after: AnyRecord | undefined,
): Readonly<Record<string, FieldDiff>> {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const differing: [string, FieldDiff][] = [];
  for (const name of names) {
    const left = before?.[name];
    const right = after?.[name];
    if (NOT_COMPARED.has(name) || jsonEqual(left, right)) continue;
    differing.push([
      name,
      { ...(left !== undefined && { before: left }), ...(right !== undefined && { after: right }) },
    ]);
  }
  return Object.fromEntries(differing);
}
