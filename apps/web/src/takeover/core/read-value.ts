import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";

export function textIn(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === "string") return value;
  }
  return undefined;
}

export function numberIn(object: JsonObject, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}

export function objectIn(object: JsonObject, ...names: readonly string[]): JsonObject | undefined {
  for (const name of names) {
    const value = object[name];
    if (isJsonObject(value)) return value;
  }
  return undefined;
}

export function textsIn(object: JsonObject, ...names: readonly string[]): string[] | undefined {
  for (const name of names) {
    const value = object[name];
    if (Array.isArray(value)) {
      return [...new Set(value.filter((item): item is string => typeof item === "string"))];
    }
  }
  return undefined;
}

/** An instant in any of the forms that the older apps wrote; `undefined` for what is none. */
export function isoTimeIn(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value !== "string" && typeof value !== "number") continue;
    const at = new Date(value);
    const year = at.getUTCFullYear();
    if (!Number.isNaN(at.getTime()) && year >= 1970 && year <= 9999) return at.toISOString();
  }
  return undefined;
}

/** Text that fits a field of `most` characters. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most);
}

export function isDataUrl(text: string): boolean {
  return /^data:[^,]*,/i.test(text);
}

/** Fields that are there. */
export function present(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
