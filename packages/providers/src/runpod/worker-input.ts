import type { Json, JsonObject } from "@safelight/shared";
import { fillSlots, slotsIn, type SlotValues } from "../fill-slots.ts";
import { isRecord } from "../http/is-record.ts";

/** The JSON object that a template of the settings holds; `undefined` for what is none. */
export function templateIn(text: string): JsonObject | undefined {
  try {
    const template: unknown = JSON.parse(text);
    return isRecord(template) ? (template as JsonObject) : undefined;
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
}

/**
 * A template with its slots filled. A field or an item that is nothing but a slot without a value is left out, for
 * workers take a missing field for their default and an empty one for a fault.
 */
export function workerInput(template: JsonObject, values: SlotValues): Json {
  return fillSlots(withoutEmpty(template, values) ?? {}, values);
}

function withoutEmpty(value: Json, values: SlotValues): Json | undefined {
  if (typeof value === "string") return isEmptySlot(value, values) ? undefined : value;
  if (Array.isArray(value)) {
    return value.map((item: Json) => withoutEmpty(item, values)).filter((item) => item !== undefined);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const kept = withoutEmpty(item, values);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function isEmptySlot(text: string, values: SlotValues): boolean {
  if (!/^\s*\{\{[^{}|]*\}\}\s*$/.test(text)) return false;
  return [...slotsIn(text).keys()].every((name) => !Object.hasOwn(values, name));
}
