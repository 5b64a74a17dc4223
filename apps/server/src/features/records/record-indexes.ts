import type { AnyRecord, CollectionName } from "@safelight/shared";
import { isCollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { sortKeyOf } from "./core/sort-order.ts";
import { createSortedKeys, type SortedKeys } from "./core/sorted-keys.ts";

/** Orders of collections, made when first asked for and kept up to date by the store's commits. */
export interface RecordIndexes {
  /** Records of a collection in ascending order of a field: those in the trash, or the rest. */
  readonly sorted: (collection: CollectionName, field: string, trash: boolean) => SortedKeys;
  readonly close: () => void;
}

interface FieldIndex {
  readonly field: string;
  readonly live: SortedKeys;
  readonly trash: SortedKeys;
}

/** The indexes hold keys alone; records stay the store's. */
export function createRecordIndexes(store: Pick<Store, "scan" | "subscribe">): RecordIndexes {
  const indexes = new Map<CollectionName, Map<string, FieldIndex>>();
  const unsubscribe = store.subscribe((commit) => {
    for (const { collection, id, record } of commit.changes) {
      if (!isCollectionName(collection)) continue;
      for (const index of indexes.get(collection)?.values() ?? [])
        update(index, id, record as AnyRecord | undefined);
    }
  });
  return {
    sorted: (collection, field, trash) => {
      const fields = indexes.get(collection) ?? new Map<string, FieldIndex>();
      indexes.set(collection, fields);
      const index = fields.get(field) ?? buildIndex(store, collection, field);
      fields.set(field, index);
      return trash ? index.trash : index.live;
    },
    close: unsubscribe,
  };
}

function buildIndex(store: Pick<Store, "scan">, collection: CollectionName, field: string): FieldIndex {
  const live: AnyRecord[] = [];
  const trash: AnyRecord[] = [];
  for (const record of store.scan(collection) as Iterable<AnyRecord>) {
    (record.deletedAt === undefined ? live : trash).push(record);
  }
  const keysOf = (records: readonly AnyRecord[]) =>
    createSortedKeys(records.map((record) => sortKeyOf(record, field)));
  return { field, live: keysOf(live), trash: keysOf(trash) };
}

function update(index: FieldIndex, id: string, record: AnyRecord | undefined): void {
  const home = record?.deletedAt === undefined ? index.live : index.trash;
  const other = home === index.live ? index.trash : index.live;
  other.remove(id);
  if (record === undefined) home.remove(id);
  else home.put(sortKeyOf(record, index.field));
}
