import { isJsonObject, type Json, type JsonObject } from "@safelight/shared";
import { FetchError } from "./fetch-error.ts";

interface FieldTypes {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly object: JsonObject;
  readonly list: readonly Json[];
}

type Shape = Readonly<Record<string, keyof FieldTypes>>;
type Shaped<S extends Shape> = { readonly [Name in keyof S]: FieldTypes[S[Name]] };

/** An object of an answer with fields of these types. Throws `FetchError` when it is something else. */
export function shaped<S extends Shape>(value: unknown, shape: S): Shaped<S> {
  if (!fits(value, shape)) throw new FetchError(502, "The server's answer cannot be read.");
  return value;
}

/** Those of a list that fit; what is no list has none. */
export function shapedList<S extends Shape>(value: unknown, shape: S): readonly Shaped<S>[] {
  return Array.isArray(value) ? value.filter((item) => fits(item, shape)) : [];
}

function fits<S extends Shape>(value: unknown, shape: S): value is Shaped<S> {
  return isJsonObject(value) && Object.entries(shape).every(([name, type]) => typeOf(value[name]) === type);
}

function typeOf(value: Json | undefined): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}
