import { TypeCompiler, type TypeCheck } from "@sinclair/typebox/compiler";
import { Value } from "@sinclair/typebox/value";
import type { TObject, TSchema } from "@sinclair/typebox";
import type { AnyRecord, CollectionDefinition } from "./records/definition.ts";
import type { FieldError } from "./protocol/apply-mutation.ts";

type Validate = (definition: CollectionDefinition, record: AnyRecord) => FieldError | undefined;

/** Checks records with generated code: fast, and for the server only (a page's policy may forbid `new Function`). */
export function createCompiledValidator(): Validate {
  const compiled = new WeakMap<TSchema, TypeCheck<TObject>>();
  return (definition, record) => {
    let check = compiled.get(definition.schema);
    if (check === undefined) {
      check = TypeCompiler.Compile(definition.schema);
      compiled.set(definition.schema, check);
    }
    return check.Check(record) ? undefined : firstOf(check.Errors(record).First());
  };
}

/** Checks records by walking the schema: slower, and runs anywhere. */
export const interpretedValidator: Validate = (definition, record) =>
  Value.Check(definition.schema, record)
    ? undefined
    : firstOf(Value.Errors(definition.schema, record).First());

function firstOf(error: { path: string; message: string } | undefined): FieldError {
  return { path: error?.path ?? "", message: error?.message ?? "does not fit its schema" };
}
