import type { Json, JsonObject } from "@safelight/shared";
import { isJsonObject } from "@safelight/shared";
import { fieldWords } from "./field-words.ts";

/** One value inside a change that can be edited by itself. */
export interface FieldLeaf {
  /** JSON pointer into the change: `/params/width`. */
  readonly path: string;
  /** "Params, width". */
  readonly label: string;
  readonly value: Json;
}

/** The values of a change, objects opened up to their own fields; lists and empty objects are values. */
export function fieldLeaves(set: JsonObject): readonly FieldLeaf[] {
  return leavesUnder(set, "", []);
}

function leavesUnder(object: JsonObject, path: string, names: readonly string[]): readonly FieldLeaf[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const at = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const trail = [...names, name];
    if (isJsonObject(value) && Object.keys(value).length > 0) return leavesUnder(value, at, trail);
    const [first = "", ...rest] = trail.map(fieldWords);
    return [{ path: at, label: [first, ...rest.map((word) => word.toLowerCase())].join(", "), value }];
  });
}

/** The change with the value at `path` replaced. */
export function withLeaf(set: JsonObject, path: string, value: Json): JsonObject {
  const [name, ...rest] = path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (name === undefined) return set;
  if (rest.length === 0) return { ...set, [name]: value };
  const inner = set[name];
  const below = `/${rest.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
  return { ...set, [name]: withLeaf(isJsonObject(inner) ? inner : {}, below, value) };
}
