import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";

interface FieldBase {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
}

/** Limits of one number in a form. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly step: number;
}

export type NumberField = FieldBase & { readonly type: "number"; readonly range: NumberRange };

/** One parameter of a model, as a form asks for it; drawn from the model's own JSON schema. */
export type ParamField =
  | NumberField
  | (FieldBase & { readonly type: "seed"; readonly max: number })
  | (FieldBase & { readonly type: "switch"; readonly initial: boolean })
  | (FieldBase & {
      readonly type: "choice";
      readonly values: readonly string[];
      readonly initial: string | undefined;
    })
  | (FieldBase & {
      readonly type: "text";
      readonly initial: string | undefined;
      readonly maxLength: number | undefined;
      readonly pattern: string | undefined;
    })
  | (FieldBase & { readonly type: "picture" })
  | (FieldBase & {
      readonly type: "loras";
      readonly most: number;
      readonly scale: NumberRange;
    });

/** The widest that a form offers where a model names no limit. */
const FALLBACK: NumberRange = { min: 0, max: 10_000, initial: 0, step: 1 };
/** Largest seed that every provider takes. */
export const MAX_SEED = 2 ** 31 - 1;

/** The fields of a model's parameters. What no form can ask for (lists of messages, free objects) is left out. */
export function parseFields(schema: JsonObject): readonly ParamField[] {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isJsonObject(property)) return [];
    const base: FieldBase = {
      name,
      title: textOf(property["title"]) ?? wordsOf(name),
      description: textOf(property["description"]) ?? "",
      isRequired: required.includes(name),
    };
    const field = fieldOf(base, property);
    return field === undefined ? [] : [field];
  });
}

function fieldOf(base: FieldBase, property: JsonObject): ParamField | undefined {
  const { input, type, anyOf } = property;
  const initial = property["default"];
  if (input === "picture") return { ...base, type: "picture" };
  if (input === "loras") return { ...base, type: "loras", ...lorasOf(property) };
  const values = Array.isArray(anyOf) ? anyOf.map((member) => constOf(member)) : enumOf(property["enum"]);
  if (values !== undefined && values.length > 0 && values.every((value) => value !== undefined)) {
    return { ...base, type: "choice", values, initial: textOf(initial) };
  }
  if (type === "boolean") return { ...base, type: "switch", initial: initial === true };
  if (type === "integer" && base.name === "seed") {
    return { ...base, type: "seed", max: Math.min(MAX_SEED, numberOf(property["maximum"]) ?? MAX_SEED) };
  }
  if (type === "integer" || type === "number") {
    return { ...base, type: "number", range: rangeOf(property, type === "integer") };
  }
  if (type === "string") {
    const maxLength = numberOf(property["maxLength"]);
    return {
      ...base,
      type: "text",
      initial: textOf(initial),
      maxLength,
      pattern: textOf(property["pattern"]),
    };
  }
  return undefined;
}

function rangeOf(property: JsonObject, isInteger: boolean): NumberRange {
  const min = numberOf(property["minimum"]) ?? FALLBACK.min;
  const max = numberOf(property["maximum"]) ?? Math.max(min, FALLBACK.max);
  const initial = Math.min(max, Math.max(min, numberOf(property["default"]) ?? min));
  return { min, max, initial, step: numberOf(property["multipleOf"]) ?? stepOf(min, max, isInteger) };
}

/** About a hundred steps from end to end, in tenths of a power of ten. */
function stepOf(min: number, max: number, isInteger: boolean): number {
  if (isInteger) return 1;
  const span = max - min;
  return span <= 0 ? 1 : 10 ** Math.floor(Math.log10(span / 20));
}

function lorasOf(property: JsonObject): { readonly most: number; readonly scale: NumberRange } {
  const items = isJsonObject(property["items"]) ? property["items"] : {};
  const inner = isJsonObject(items["properties"]) ? items["properties"]["scale"] : undefined;
  const scale = isJsonObject(inner) ? rangeOf(inner, false) : { min: 0, max: 2, initial: 1, step: 0.05 };
  return { most: numberOf(property["maxItems"]) ?? 8, scale: { ...scale, step: 0.05 } };
}

function constOf(member: Json): string | undefined {
  return isJsonObject(member) ? textOf(member["const"]) : undefined;
}

function enumOf(value: Json | undefined): readonly (string | undefined)[] | undefined {
  return Array.isArray(value) ? value.map((each) => textOf(each)) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** `noBackground` as `No background`. */
function wordsOf(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|_/g, " ").toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
