import { type Json, isJsonObject, type JsonObject } from "@safelight/shared";

/** An entry's fields by what becomes of them. */
export interface TidyEntry {
  readonly fields: JsonObject;
  /** Names of fields that there is no place for. */
  readonly leftOut: readonly string[];
}

/** Parts the fields that are known from the rest; a `null` is an absent field. `undefined` for what is no object. */
export function tidyEntry(value: unknown, known: ReadonlySet<string>): TidyEntry | undefined {
  if (!isJsonObject(value)) return undefined;
  const fields: Record<string, Json> = {};
  const leftOut: string[] = [];
  for (const [name, field] of Object.entries(value)) {
    if (!known.has(name)) leftOut.push(name);
    else if (field !== null) fields[name] = field;
  }
  return { fields, leftOut };
}

/** The entries of a file that is a list, or an object with the list under one of these names. */
export function entriesOf(value: unknown, names: readonly string[]): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return undefined;
  for (const name of names) {
    const list: unknown = value[name];
    if (Array.isArray(list)) return list;
  }
  return undefined;
}
