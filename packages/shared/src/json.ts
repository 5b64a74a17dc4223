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

/** The deepest nesting that is taken from outside: no walk over a record runs out of stack, here or in a browser. */
export const MAX_JSON_DEPTH = 200;

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Why a value is refused wherever it stands. */
export interface JsonFault {
  readonly kind: "forbidden-key" | "too-deep";
  /** A JSON pointer (`/params/__proto__`). */
  readonly path: string;
  readonly message: string;
}

/** The first key that could reach an object's prototype, or place that is nested too deep; `undefined` for neither. */
export function findJsonFault(value: unknown): JsonFault | undefined {
  return firstFault(value, MAX_JSON_DEPTH);
}

/**
 * The path of the first key that could reach an object's prototype, or `undefined`. Such keys are refused at every
 * boundary: HTTP, journal and import.
 */
export function findForbiddenKey(value: unknown): string | undefined {
  return firstFault(value, Number.POSITIVE_INFINITY)?.path;
}

function firstFault(value: unknown, levels: number): JsonFault | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (levels === 0)
    return { kind: "too-deep", path: "", message: `is nested deeper than ${MAX_JSON_DEPTH} levels` };
  for (const [key, child] of Object.entries(value)) {
    const fault: JsonFault | undefined =
      FORBIDDEN_KEYS.has(key) && !Array.isArray(value)
        ? { kind: "forbidden-key", path: "", message: "is not allowed as a key" }
        : firstFault(child, levels - 1);
    if (fault !== undefined) return { ...fault, path: `/${key}${fault.path}` };
  }
  return undefined;
}
