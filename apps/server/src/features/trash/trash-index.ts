import { type CollectionName, isCollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { followFeed } from "../../records/follow-feed.ts";
import { compareTrash, type TrashKey } from "./core/trash-order.ts";

/** What is in the trash, without looking through the studio each time. */
export interface TrashIndex {
  /** Newest deletion first; never behind what reads show. */
  keys(): readonly TrashKey[];
}

/** Stands in a record's JSON text only as a key: within a text the quotes would be escaped. */
const MARK = '"deletedAt":"';
/** The fields that the store sets come first and in this order. */
const HEAD = /^\{"id":"[^"]*","rev":\d+,"createdAt":"[^"]*","updatedAt":"[^"]*","deletedAt":"([^"]*)"/;

/** Follows the store's own feed of changes whenever it is asked. Records are parsed only when they may be in the trash. */
export function createTrashIndex(store: Store): TrashIndex {
  const trashed = new Map<string, TrashKey>();
  let sorted: readonly TrashKey[] | undefined;

  const place = (collection: CollectionName, id: string, json: string | undefined): void => {
    const name = `${collection}/${id}`;
    const mayBe = json?.includes(MARK) === true;
    const deletedAt = mayBe ? (HEAD.exec(json)?.[1] ?? store.get(collection, id)?.deletedAt) : undefined;
    if (trashed.get(name)?.deletedAt === deletedAt) return;
    sorted = undefined;
    if (deletedAt === undefined) trashed.delete(name);
    else trashed.set(name, { collection, id, deletedAt });
  };

  const rebuild = (): void => {
    trashed.clear();
    sorted = undefined;
    for (const { collection, id, json } of store.snapshot().records()) place(collection, id, json);
  };

  const catchUp = followFeed(store, {
    rebuild,
    take({ collection, id, json }) {
      if (isCollectionName(collection)) place(collection, id, json);
    },
  });

  return {
    keys() {
      catchUp();
      sorted ??= [...trashed.values()].sort(compareTrash);
      return sorted;
    },
  };
}
