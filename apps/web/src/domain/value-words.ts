import type { Json } from "@safelight/shared";

/** A field's value as a line of text: for comparing two of them, not for editing. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "empty";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueWords).join(", ");
  return JSON.stringify(value);
}
