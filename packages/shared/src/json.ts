/** A value that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: what a record, a mutation's `set` and a provider's parameters are made of. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether `value` is a JSON object rather than an array, `null` or a scalar. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What `object` holds under each of the names; `null` for nothing. */
export function valuesOf(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
}

/** Structural equality of two JSON values; the order of an object's keys does not matter. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null || left === undefined || right === undefined) return false;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => jsonEqual(item, right[index]))
    );
  }
  if (Array.isArray(right)) return false;
  const leftKeys = Object.keys(left);
  if (leftKeys.length !== Object.keys(right).length) return false;
  const a = left as JsonObject;
  const b = right as JsonObject;
  return leftKeys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]));
}

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * The path of the first key that could reach an object's prototype, or `undefined`. Such keys are refused at every
 * boundary: HTTP, journal and import. Paths are JSON pointers (`/params/__proto__`).
 */
export function findForbiddenKey(value: unknown, path = ""): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const here = `${path}/${key}`;
    if (!Array.isArray(value) && FORBIDDEN_KEYS.has(key)) return here;
    const found = findForbiddenKey(child, here);
    if (found !== undefined) return found;
  }
  return undefined;
}
