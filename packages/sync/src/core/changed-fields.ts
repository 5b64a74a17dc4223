import { isJsonObject, type Json, jsonEqual, type JsonObject } from "@safelight/shared";

/** A private copy, as it will be on the wire: later changes by the caller change nothing here. */
export function ownJson(fields: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(fields));
  return isJsonObject(copy) ? copy : {};
}

/** The fields of `set` whose values are not those of `seen`; `null` is nothing. */
export function withoutSame(set: JsonObject, seen: JsonObject): JsonObject {
  const changed = (name: string, value: Json) => !jsonEqual(seen[name] ?? null, value);
  return Object.fromEntries(Object.entries(set).filter(([name, value]) => changed(name, value)));
}
