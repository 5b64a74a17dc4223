import {
  type AnyRecord,
  COLLECTION_NAMES,
  type CollectionName,
  isCollectionName,
  jsonEqual,
} from "@safelight/shared";
import { foldRows } from "./fold-rows.ts";
import { baseKeyOf, type OutboxRow } from "./outbox-row.ts";
import { createSortedRecords } from "./sorted-records.ts";

export interface ViewChange {
  /** `collection/id`. */
  readonly key: string;
  readonly collection: CollectionName;
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord | undefined;
}

/** Base ⊕ outbox in memory, record by record: a change costs what it touches, not what there is. */
export interface View {
  get(collection: CollectionName, id: string): AnyRecord | undefined;
  list(collection: CollectionName): readonly AnyRecord[];
  trash(collection: CollectionName): readonly AnyRecord[];
  /** The server's state of a record; `undefined` removes it. */
  setBase(key: string, record: AnyRecord | undefined): void;
  baseOf(key: string): AnyRecord | undefined;
  baseKeys(): Iterable<string>;
  baseCount(): number;
  /** Takes a row in, or in place of the one with its `n`. */
  putRow(row: OutboxRow): void;
  dropRow(n: number): void;
  row(n: number): OutboxRow | undefined;
  /** All rows in order of `n`. */
  rows(): readonly OutboxRow[];
  rowsOf(key: string): readonly OutboxRow[];
  rowCount(): number;
  /** Counts the changes of rows. */
  rowsVersion(): number;
  /** Brings the view up to date; answers the records whose view changed since the last time, and how they were. */
  settle(): readonly ViewChange[];
}

export function createView(): View {
  const base = new Map<string, AnyRecord>();
  const rowsByN = new Map<number, OutboxRow>();
  const rowsByKey = new Map<string, OutboxRow[]>();
  /** Viewed records that differ from the base: those with rows. */
  const folded = new Map<string, AnyRecord | undefined>();
  const touched = new Map<string, AnyRecord | undefined>();
  const lists = new Map(
    COLLECTION_NAMES.map((name) => [
      name,
      {
        live: createSortedRecords((record) => record.createdAt),
        trash: createSortedRecords((record) => record.deletedAt ?? ""),
      },
    ]),
  );

  let rowsVersion = 0;

  const viewed = (key: string) => (folded.has(key) ? folded.get(key) : base.get(key));

  /** Remembers how the record looked before its first change since the last `settle`. */
  function touch(key: string): void {
    if (!touched.has(key)) touched.set(key, viewed(key));
  }

  function refold(key: string): void {
    const rows = rowsByKey.get(key);
    if (rows === undefined) folded.delete(key);
    else folded.set(key, foldRows(base.get(key), rows));
  }

  function place(key: string, record: AnyRecord | undefined): CollectionName | undefined {
    const slash = key.indexOf("/");
    const name = key.slice(0, slash);
    // A newer bundle's kind of record stays in the base, unseen.
    if (!isCollectionName(name)) return undefined;
    // The record's own id, where there is one, spares a list of a hundred thousand as many texts.
    const id = record?.id ?? key.slice(slash + 1);
    const list = lists.get(name);
    list?.live.set(id, record?.deletedAt === undefined ? record : undefined);
    list?.trash.set(id, record?.deletedAt === undefined ? undefined : record);
    return name;
  }

  return {
    get: (collection, id) => viewed(`${collection}/${id}`),
    list: (collection) => lists.get(collection)?.live.list() ?? [],
    trash: (collection) => lists.get(collection)?.trash.list() ?? [],

    setBase(key, record) {
      touch(key);
      if (record === undefined) base.delete(key);
      else base.set(key, record);
      if (rowsByKey.has(key)) refold(key);
    },
    baseOf: (key) => base.get(key),
    baseKeys: () => base.keys(),
    baseCount: () => base.size,

    putRow(row) {
      const key = baseKeyOf(row.mutation);
      touch(key);
      const others = (rowsByKey.get(key) ?? []).filter(({ n }) => n !== row.n);
      rowsVersion += 1;
      rowsByN.set(row.n, row);
      rowsByKey.set(
        key,
        [...others, row].sort((left, right) => left.n - right.n),
      );
      refold(key);
    },

    dropRow(n) {
      const row = rowsByN.get(n);
      if (row === undefined) return;
      const key = baseKeyOf(row.mutation);
      touch(key);
      rowsVersion += 1;
      rowsByN.delete(n);
      const others = (rowsByKey.get(key) ?? []).filter((other) => other.n !== n);
      if (others.length === 0) rowsByKey.delete(key);
      else rowsByKey.set(key, others);
      refold(key);
    },
    row: (n) => rowsByN.get(n),
    rows: () => [...rowsByN.values()].sort((left, right) => left.n - right.n),
    rowsOf: (key) => rowsByKey.get(key) ?? [],
    rowCount: () => rowsByN.size,
    rowsVersion: () => rowsVersion,

    settle() {
      const changed: ViewChange[] = [];
      for (const [key, before] of touched) {
        const after = viewed(key);
        if (after === before) continue;
        if (jsonEqual(before, after)) {
          // Nothing to see: what is on screen keeps its identity.
          if (before !== undefined) {
            if (folded.has(key)) folded.set(key, before);
            else base.set(key, before);
          }
          continue;
        }
        const collection = place(key, after);
        if (collection !== undefined) changed.push({ key, collection, before, after });
      }
      touched.clear();
      return changed;
    },
  };
}
