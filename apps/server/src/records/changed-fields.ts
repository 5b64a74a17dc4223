import { type Json, type JsonObject, jsonEqual } from "@safelight/shared";

/** The fields of `set` that differ from what the record holds; `null` asks for a field to be absent. */
export function changedFields(record: JsonObject, set: JsonObject): JsonObject {
  const changed: Record<string, Json> = {};
  for (const [name, value] of Object.entries(set)) {
    if (!jsonEqual(record[name] ?? null, value)) changed[name] = value;
  }
  return changed;
}
