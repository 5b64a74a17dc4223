import {
  type AnyRecord,
  COLLECTION_NAMES,
  type CollectionDefinition,
  type CollectionName,
  definitionOf,
  type JsonObject,
} from "@safelight/shared";

/** Documents of one shape: `jobs.json`, or all of `editor/*.json`, with the collections that live in them. */
export interface DocumentFamily {
  /** The template with its field replaced by `*`. */
  readonly pattern: string;
  readonly collections: readonly CollectionName[];
}

const SAFE_SCOPE = /^[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?$/;

const templates = new Map(
  COLLECTION_NAMES.map((name) => {
    const match = /^([^{}]*)\{(\w+)\}([^{}]*)$/.exec(definitionOf(name).document);
    const template =
      match === null ? undefined : { before: match[1] ?? "", field: match[2] ?? "", after: match[3] ?? "" };
    return [name, template] as const;
  }),
);

/** Every family of documents, in the order of the registry. */
export const DOCUMENT_FAMILIES: readonly DocumentFamily[] = groupFamilies();

const FIXED_PATHS: ReadonlySet<string> = new Set(
  DOCUMENT_FAMILIES.map((family) => family.pattern).filter((pattern) => !pattern.includes("*")),
);

/** The value that tells a collection's documents apart; `""` where it has a single one, `undefined` if unusable. */
export function scopeOf(collection: CollectionName, record: JsonObject): string | undefined {
  const template = templates.get(collection);
  if (template === undefined) return "";
  const scope = record[template.field];
  return typeof scope === "string" && SAFE_SCOPE.test(scope) ? scope : undefined;
}

/** Path of the document for a scope, relative to the data folder. */
function homeOfScope(collection: CollectionName, scope: string): string {
  const template = templates.get(collection);
  return template === undefined
    ? definitionOf(collection).document
    : `${template.before}${scope}${template.after}`;
}

/**
 * Path of the document that holds a record. `undefined` when the record names none that is safe: a scope that is not an
 * id, or one that would put a folder where another document is.
 */
export function homeOf(collection: CollectionName, record: AnyRecord): string | undefined {
  const scope = scopeOf(collection, record);
  if (scope === undefined) return undefined;
  const home = homeOfScope(collection, scope);
  if (FIXED_PATHS.has(home)) return templates.get(collection) === undefined ? home : undefined;
  const folder = home.slice(0, home.lastIndexOf("/"));
  return FIXED_PATHS.has(folder) || FIXED_PATHS.has(folder.replace(/\.backup$/, "")) ? undefined : home;
}

/** Name of the scope of a document's path within its family: `editor/abc.json` gives `abc`. */
export function scopeOfPath(family: DocumentFamily, path: string): string | undefined {
  const star = family.pattern.indexOf("*");
  if (star < 0) return path === family.pattern ? "" : undefined;
  const before = family.pattern.slice(0, star);
  const after = family.pattern.slice(star + 1);
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const scope = path.slice(before.length, path.length - after.length);
  return SAFE_SCOPE.test(scope) ? scope : undefined;
}

/** The family of a document's path, or `undefined` for a path that no record can live at. */
export function familyOf(path: string): DocumentFamily | undefined {
  return DOCUMENT_FAMILIES.find((family) => scopeOfPath(family, path) !== undefined);
}

/** Key of a running count: one per collection and document. */
export function counterKey(collection: CollectionName, scope: string): string {
  return `${collection}/${scope}`;
}

/** The number that a record carries, where its collection counts. */
export function numberOf(definition: CollectionDefinition, record: AnyRecord): number | undefined {
  if (definition.counter === undefined) return undefined;
  const value = record[definition.counter.field];
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

function groupFamilies(): readonly DocumentFamily[] {
  const families = new Map<string, CollectionName[]>();
  for (const name of COLLECTION_NAMES) {
    const pattern = definitionOf(name).document.replace(/\{\w+\}/, "*");
    const members = families.get(pattern);
    if (members === undefined) families.set(pattern, [name]);
    else members.push(name);
  }
  return [...families].map(([pattern, members]) => ({ pattern, collections: members }));
}
