import type { Json, JsonObject } from "@safelight/shared";
import { isRecord } from "../http/is-record.ts";

const WHOLE = /^\{\{\s*([A-Za-z]+)\s*\}\}$/;
const PART = /\{\{\s*([A-Za-z]+)\s*\}\}/g;

/**
 * A JSON template with its `{{names}}` filled in. A string that is nothing but a name becomes the value itself, with
 * its type; a field or an item whose value is not there is left out. Inside a longer string a name becomes text.
 */
export function fillTemplate(template: unknown, values: JsonObject): Json | undefined {
  if (typeof template === "string") {
    const whole = WHOLE.exec(template)?.[1];
    if (whole !== undefined) return values[whole];
    return template.replaceAll(PART, (_match, name: string) => textOf(values[name]));
  }
  if (Array.isArray(template)) {
    return template.flatMap((item) => {
      const filled = fillTemplate(item, values);
      return filled === undefined ? [] : [filled];
    });
  }
  if (isRecord(template)) {
    return Object.fromEntries(
      Object.entries(template).flatMap(([key, item]) => {
        const filled = fillTemplate(item, values);
        return filled === undefined ? [] : [[key, filled]];
      }),
    );
  }
  if (template === null || typeof template === "number" || typeof template === "boolean") return template;
  return undefined;
}

/** Names that a template asks for. */
export function namesIn(template: unknown): ReadonlySet<string> {
  return new Set(Array.from(JSON.stringify(template).matchAll(PART), ([, name = ""]) => name));
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
