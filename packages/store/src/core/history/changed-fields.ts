import { type AnyRecord, BASE_FIELD_NAMES, jsonEqual } from "@safelight/shared";

/** Names of the fields in which a record's next state differs, as a commit names them. */
export function changedFields(
  before: AnyRecord | undefined,
  after: AnyRecord | undefined,
): readonly string[] {
  if (after === undefined) return [];
  const names = new Set([...Object.keys(after), ...Object.keys(before ?? {})]);
  return [...names].filter((name) => {
    if (BASE_FIELD_NAMES.has(name) && (name !== "deletedAt" || before === undefined)) return false;
    return !jsonEqual(before?.[name], after[name]);
  });
}
