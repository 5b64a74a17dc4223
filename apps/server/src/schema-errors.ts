/** The parts of a JSON-schema validator's error that are shown. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/**
 * Every fault of a request with its place: a JSON pointer in a body (`/params/width`), `?name` in the query, `:name` in
 * the path. One fault per place and sentence; what a union adds over its members is left out.
 */
export function describeSchemaErrors(
  errors: readonly SchemaError[],
  context = "body",
): readonly { readonly path: string; readonly message: string }[] {
  const described = new Map<string, { path: string; message: string }>();
  for (const error of errors) {
    if (isOfUnion(error) && errors.some((other) => !isOfUnion(other) && isBelow(other, error))) continue;
    const path = placeOf(error, context);
    const message = sentenceOf(error, errors);
    described.set(`${path} ${message}`, { path, message });
  }
  return [...described.values()];
}

/** Of a union's errors, those that a more precise one beside them makes superfluous. */
function isOfUnion({ keyword, params }: SchemaError): boolean {
  return keyword === "anyOf" || (keyword === "type" && params["type"] === "null");
}

function isBelow(other: SchemaError, union: SchemaError): boolean {
  return other.instancePath === union.instancePath || other.instancePath.startsWith(`${union.instancePath}/`);
}

function placeOf(error: SchemaError, context: string): string {
  const child = error.params["additionalProperty"] ?? error.params["missingProperty"];
  const pointer =
    typeof child === "string" ? `${error.instancePath}/${escapePointer(child)}` : error.instancePath;
  if (context === "querystring") return `?${pointer.slice(1)}`;
  if (context === "params") return `:${pointer.slice(1)}`;
  return pointer;
}

function sentenceOf(error: SchemaError, all: readonly SchemaError[]): string {
  switch (error.keyword) {
    case "additionalProperties":
      return "is not known here";
    case "required":
      return "is missing";
    case "const":
      return mustBeOneOf(constsAt(error.instancePath, all));
    case "minLength":
    case "minItems":
    case "minProperties":
      return error.params["limit"] === 1 ? "must not be empty" : (error.message ?? "is too short");
    case "enum": {
      const { allowedValues } = error.params;
      return mustBeOneOf(Array.isArray(allowedValues) ? allowedValues : []);
    }
    default:
      return error.message ?? "does not fit";
  }
}

/** A choice of fixed values is a union of constants: together they say what may stand there. */
function constsAt(instancePath: string, errors: readonly SchemaError[]): readonly unknown[] {
  const consts = errors.filter((error) => error.keyword === "const" && error.instancePath === instancePath);
  return [...new Set(consts.map(({ params }) => params["allowedValue"]))];
}

function mustBeOneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  const last = texts.pop() ?? "";
  return `must be ${texts.length === 0 ? "" : `${texts.join(", ")} or `}${last}`;
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
