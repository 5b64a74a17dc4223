import type { AnyRecord, CollectionName } from "@safelight/shared";
import { isCollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { createRecordGroups, type RecordGroups } from "./core/record-groups.ts";
import { sortKeyOf } from "./core/sort-order.ts";
import { createSortedKeys, type SortedKeys } from "./core/sorted-keys.ts";

/** Orders and groups of collections, made when first asked for and kept up to date by the store's commits. */
export interface RecordIndexes {
  /** Records of a collection in ascending order of a field: those in the trash, or the rest. */
  readonly sorted: (collection: CollectionName, field: string, trash: boolean) => SortedKeys;
  /** The same records by what these fields hold together. */
  readonly groups: (collection: CollectionName, fields: readonly string[], trash: boolean) => RecordGroups;
  readonly close: () => void;
}

/** One thing that is known of each record, of those in the trash apart from the rest. */
interface Halves<Part extends Index> {
  readonly live: Part;
  readonly trash: Part;
}

interface Index {
  readonly remove: (id: string) => void;
}

interface CollectionIndexes {
  readonly orders: Map<string, Halves<SortedKeys>>;
  /** By the names of their fields, the latest made last. */
  readonly groups: Map<string, Halves<RecordGroups>>;
}

/** Ways of grouping that are kept of one collection: any set of fields may be asked for. */
const MAX_GROUPINGS = 8;

/** The indexes hold keys alone; records stay the store's. */
export function createRecordIndexes(store: Pick<Store, "scan" | "subscribe">): RecordIndexes {
  const indexes = new Map<CollectionName, CollectionIndexes>();

  const unsubscribe = store.subscribe((commit) => {
    for (const { collection, id, record } of commit.changes) {
      const known = isCollectionName(collection) ? indexes.get(collection) : undefined;
      if (known === undefined) continue;
      for (const [field, halves] of known.orders) {
        update(halves, id, record as AnyRecord | undefined, (half, now) => half.put(sortKeyOf(now, field)));
      }
      for (const halves of known.groups.values()) {
        update(halves, id, record as AnyRecord | undefined, (half, now) => half.put(now));
      }
    }
  });

  function indexesOf(collection: CollectionName): CollectionIndexes {
    const known = indexes.get(collection) ?? { orders: new Map(), groups: new Map() };
    indexes.set(collection, known);
    return known;
  }

  function build<Part extends Index>(
    collection: CollectionName,
    make: (records: readonly AnyRecord[]) => Part,
  ): Halves<Part> {
    const live: AnyRecord[] = [];
    const trash: AnyRecord[] = [];
    for (const record of store.scan(collection) as Iterable<AnyRecord>) {
      (record.deletedAt === undefined ? live : trash).push(record);
    }
    return { live: make(live), trash: make(trash) };
  }

  return {
    sorted(collection, field, trash) {
      const { orders } = indexesOf(collection);
      const order =
        orders.get(field) ??
        build(collection, (records) => createSortedKeys(records.map((record) => sortKeyOf(record, field))));
      orders.set(field, order);
      return trash ? order.trash : order.live;
    },
    groups(collection, fields, trash) {
      const { groups } = indexesOf(collection);
      const name = fields.join();
      const made = groups.get(name) ?? build(collection, (records) => createRecordGroups(fields, records));
      groups.set(name, made);
      const [oldest] = groups.keys();
      if (groups.size > MAX_GROUPINGS && oldest !== undefined) groups.delete(oldest);
      return trash ? made.trash : made.live;
    },
    close: unsubscribe,
  };
}

function update<Part extends Index>(
  { live, trash }: Halves<Part>,
  id: string,
  record: AnyRecord | undefined,
  put: (half: Part, record: AnyRecord) => void,
): void {
  const home = record?.deletedAt === undefined ? live : trash;
  (home === live ? trash : live).remove(id);
  if (record === undefined) home.remove(id);
  else put(home, record);
}
