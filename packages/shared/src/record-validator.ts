import { TypeCompiler, type TypeCheck } from "@sinclair/typebox/compiler";
import { Value } from "@sinclair/typebox/value";
import type { TObject, TSchema } from "@sinclair/typebox";
import type { CollectionDefinition } from "./records/definition.ts";
import type { FieldError, ValidateRecord } from "./protocol/apply-mutation.ts";
import { faultMessage, type SchemaFault } from "./schema-fault.ts";

interface CompiledSchema {
  readonly whole: TypeCheck<TObject>;
  /** Per field, whether a value fits it; made when it is asked for. */
  readonly fields: Map<string, TypeCheck<TSchema>>;
}

/** Checks records with generated code: fast, and for the server only (a page's policy may forbid `new Function`). */
export function createCompiledValidator(): ValidateRecord {
  const compiled = new WeakMap<TSchema, CompiledSchema>();

  function compiledOf({ schema }: CollectionDefinition): CompiledSchema {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const made = { whole: TypeCompiler.Compile(schema), fields: new Map<string, TypeCheck<TSchema>>() };
    compiled.set(schema, made);
    return made;
  }

  function fieldFits(
    { schema }: CollectionDefinition,
    { fields }: CompiledSchema,
    name: string,
    value: unknown,
  ) {
    const property = schema.properties[name];
    // A field that the schema does not have, or that was removed: the whole record tells whether that may be.
    if (property === undefined || value === undefined) return false;
    let check = fields.get(name);
    if (check === undefined) {
      check = TypeCompiler.Compile(property);
      fields.set(name, check);
    }
    return check.Check(value);
  }

  return (definition, record, changed) => {
    const made = compiledOf(definition);
    if (changed?.every((name) => fieldFits(definition, made, name, record[name])) === true) return undefined;
    return made.whole.Check(record) ? undefined : firstOf(made.whole.Errors(record).First());
  };
}

/** Checks records by walking the schema: slower, and runs anywhere. */
export const interpretedValidator: ValidateRecord = (definition, record) =>
  Value.Check(definition.schema, record)
    ? undefined
    : firstOf(Value.Errors(definition.schema, record).First());

function firstOf(error: SchemaFault | undefined): FieldError {
  if (error === undefined) return { path: "", message: "does not fit its schema" };
  return { path: error.path, message: faultMessage(error) };
}
