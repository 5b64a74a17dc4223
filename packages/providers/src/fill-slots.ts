import type { Json } from "@safelight/shared";

/** `{{name}}`, or `{{name|otherwise}}` for a slot with a value of its own. */
const SLOT = /\{\{\s*([A-Za-z][A-Za-z0-9_-]*)\s*(?:\|([^{}]*))?\}\}/g;

export type SlotValues = Readonly<Record<string, Json | undefined>>;

/**
 * A copy of `value` with its slots filled. A text that is one slot becomes the value itself, so that numbers stay
 * numbers; slots inside a longer text are written into it. Values are not looked through for slots again.
 */
export function fillSlots(value: Json, values: SlotValues): Json {
  if (typeof value === "string") return fillText(value, values);
  if (Array.isArray(value)) return value.map((item: Json) => fillSlots(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillSlots(item, values)]));
}

/** Names of the slots in a value, each once; `isOptional` for those with a value of their own everywhere. */
export function slotsIn(value: Json): ReadonlyMap<string, { readonly isOptional: boolean }> {
  const found = new Map<string, { isOptional: boolean }>();
  for (const [, name = "", otherwise] of JSON.stringify(value).matchAll(SLOT)) {
    const isOptional = otherwise !== undefined && (found.get(name)?.isOptional ?? true);
    found.set(name, { isOptional });
  }
  return found;
}

function fillText(text: string, values: SlotValues): Json {
  const [whole] = text.matchAll(SLOT);
  if (whole !== undefined && whole[0] === text.trim()) return valueOf(whole[1] ?? "", whole[2], values);
  return text.replaceAll(SLOT, (_, name: string, otherwise: string | undefined) => {
    const filled = valueOf(name, otherwise, values);
    return typeof filled === "string" ? filled : JSON.stringify(filled);
  });
}

function valueOf(name: string, otherwise: string | undefined, values: SlotValues): Json {
  const given = Object.hasOwn(values, name) ? values[name] : undefined;
  return given ?? (otherwise === undefined ? "" : literalOf(otherwise.trim()));
}

/** What a slot's own value means: a number or truth value where it reads as one, else the text. */
function literalOf(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
