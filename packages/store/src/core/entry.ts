import {
  type AnyRecord,
  type ChangeOp,
  COLLECTION_NAMES,
  type CollectionDefinition,
  type CollectionName,
  type Conflict,
  definitionOf,
  isJsonObject,
  type Json,
} from "@safelight/shared";

/**
 * One record's state at one `seq`. Nothing of it changes but `superseded`, set when a later state takes its place, and
 * `parsed`, which only the record cache touches.
 */
export interface Entry {
  readonly seq: number;
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: ChangeOp;
  /** The record's JSON text, made once; `undefined` for a tombstone. */
  readonly json: string | undefined;
  readonly conflict: Conflict | undefined;
  /** The document that the record belongs to, relative to the data folder. */
  readonly home: string;
  /** Whether the record was checked against its schema by this process; false for one that was read. */
  readonly isChecked: boolean;
  superseded: boolean;
  parsed: AnyRecord | undefined;
}

/** Names of each collection's fields, in the order of its schema. */
const ORDERS: ReadonlyMap<string, readonly string[]> = new Map(
  COLLECTION_NAMES.map((name) => [name, Object.keys(definitionOf(name).schema.properties)]),
);

/** A record with its keys in the order of its schema, so that documents diff and grep well. */
export function inSchemaOrder(definition: CollectionDefinition, record: AnyRecord): AnyRecord {
  const names = ORDERS.get(definition.name) ?? Object.keys(definition.schema.properties);
  if (hasOrder(record, names)) return record;
  const ordered: Record<string, Json> = {};
  for (const name of names) {
    const value = record[name];
    if (value !== undefined) ordered[name] = value;
  }
  return ordered as AnyRecord;
}

/** Whether a record has none but these keys, in this order: most do, being made from one that was stored. */
function hasOrder(record: AnyRecord, names: readonly string[]): boolean {
  let at = 0;
  for (const name in record) {
    while (at < names.length && names[at] !== name) at += 1;
    if (at === names.length || record[name] === undefined) return false;
    at += 1;
  }
  return true;
}

/** Reads a record's text that the store itself made. */
export function parseRecord(json: string): AnyRecord {
  const value: unknown = JSON.parse(json);
  if (!isJsonObject(value)) throw new TypeError("A record's text is not an object.");
  return value as AnyRecord;
}
