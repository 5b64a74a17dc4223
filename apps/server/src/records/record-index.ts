import type { CollectionName, RecordOf } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { followFeed } from "./follow-feed.ts";

/** Finds records by a key made of their fields, without looking through the collection. */
export interface RecordIndex<C extends CollectionName> {
  /** Records with this key, oldest first; empty when there are none. */
  find(key: string): readonly RecordOf<C>[];
}

/**
 * An index over one collection that follows the store's own feed of changes whenever it is asked: it is never behind
 * what reads show, needs no closing, and a lookup costs only what changed since the last one.
 * @param keyOf The key a record is found by; `undefined` leaves it out.
 */
export function createRecordIndex<C extends CollectionName>(
  store: Store,
  collection: C,
  keyOf: (record: RecordOf<C>) => string | undefined,
): RecordIndex<C> {
  const idsByKey = new Map<string, Set<string>>();
  const keyById = new Map<string, string>();

  const place = (id: string, record: RecordOf<C> | undefined): void => {
    const key = record === undefined ? undefined : keyOf(record);
    const held = keyById.get(id);
    if (held === key) return;
    if (held !== undefined) {
      idsByKey.get(held)?.delete(id);
      if (idsByKey.get(held)?.size === 0) idsByKey.delete(held);
      keyById.delete(id);
    }
    if (key === undefined) return;
    keyById.set(id, key);
    const ids = idsByKey.get(key);
    if (ids === undefined) idsByKey.set(key, new Set([id]));
    else ids.add(id);
  };

  const rebuild = (): void => {
    idsByKey.clear();
    keyById.clear();
    for (const record of store.scan(collection)) place(record.id, record);
  };

  const catchUp = followFeed(store, {
    rebuild,
    take(change) {
      if (change.collection === collection) place(change.id, store.get(collection, change.id));
    },
  });

  return {
    find(key) {
      catchUp();
      const found: RecordOf<C>[] = [];
      for (const id of idsByKey.get(key) ?? []) {
        const record = store.get(collection, id);
        if (record !== undefined) found.push(record);
      }
      return found;
    },
  };
}
