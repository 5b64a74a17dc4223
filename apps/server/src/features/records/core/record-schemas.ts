import { BASE_FIELD_NAMES, type CollectionDefinition, policyOf, RecordId } from "@safelight/shared";
import { type TObject, type TSchema, Type } from "@sinclair/typebox";

const REMOVE = Type.Null({ description: "removes the field" });

/** Body of a create: the fields that a client may give, and optionally an `id` of its own. */
export function createBodySchema(definition: CollectionDefinition): TObject {
  const fields: Record<string, TSchema> = { id: Type.Optional(RecordId) };
  for (const [name, schema] of clientFields(definition)) {
    const needed =
      definition.schema.required?.includes(name) === true && !Object.hasOwn(definition.initial, name);
    fields[name] = needed ? schema : Type.Optional(schema);
  }
  return Type.Object(fields, { additionalProperties: false });
}

/** Body of a patch: the fields that may change after creation; `null` removes one that may be absent. */
export function patchBodySchema(definition: CollectionDefinition): TObject {
  const fields: Record<string, TSchema> = {};
  for (const [name, schema] of clientFields(definition)) {
    if (policyOf(schema) === "fixed") continue;
    const needed = definition.schema.required?.includes(name) === true;
    fields[name] = Type.Optional(needed ? schema : Type.Union([schema, REMOVE]));
  }
  return Type.Object(fields, { additionalProperties: false, minProperties: 1 });
}

function clientFields(definition: CollectionDefinition): readonly (readonly [string, TSchema])[] {
  return Object.entries(definition.schema.properties).filter(
    ([name, schema]) => !BASE_FIELD_NAMES.has(name) && policyOf(schema) !== "server",
  );
}

/** The fields of a collection that hold one plain value: what a list can be filtered and sorted by. */
function scalarFields(definition: CollectionDefinition): ReadonlyMap<string, TSchema> {
  const entries = Object.entries(definition.schema.properties).filter(([, schema]) => isScalar(schema));
  return new Map(entries);
}

function isScalar(schema: TSchema): boolean {
  const { type, anyOf, const: literal } = schema as { type?: string; anyOf?: TSchema[]; const?: unknown };
  if (literal !== undefined) return true;
  if (anyOf !== undefined) return anyOf.every((member) => isScalar(member));
  return type === "string" || type === "number" || type === "integer" || type === "boolean";
}

/** Query of a list: paging, order, search, and `<field>=<value>` for every scalar field. */
export function listQuerySchema(definition: CollectionDefinition): TObject {
  const fields: Record<string, TSchema> = {};
  const orders: TSchema[] = [];
  for (const [name, schema] of scalarFields(definition)) {
    fields[name] = Type.Optional(filterOf(schema));
    orders.push(Type.Literal(name), Type.Literal(`-${name}`));
  }
  return Type.Object(
    {
      ...fields,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
      cursor: Type.Optional(Type.String({ maxLength: 2048, description: "`nextCursor` of the page before" })),
      sort: Type.Optional(Type.Unsafe<string>({ type: "string", enum: orders.map((order) => order.const) })),
      search: Type.Optional(
        Type.String({ minLength: 1, maxLength: 500, description: "found in any text field, in any case" }),
      ),
      trash: Type.Optional(Type.Boolean({ default: false, description: "the trash instead of the rest" })),
    },
    { additionalProperties: false },
  );
}

/** A filter compares: what the record's schema demands of a new value does not matter, but its type does. */
function filterOf(schema: TSchema): TSchema {
  const { type, anyOf } = schema as { type?: string; anyOf?: TSchema[] };
  if (anyOf !== undefined) return Type.Union(anyOf.map((member) => filterOf(member)));
  if (type === "string" && schema["const"] === undefined) return Type.String({ maxLength: 2048 });
  if (type === "integer") return Type.Integer();
  if (type === "number") return Type.Number();
  return schema;
}
