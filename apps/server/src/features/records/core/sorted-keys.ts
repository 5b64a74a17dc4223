import { compareSortKeys, type SortKey } from "./sort-order.ts";

/** Keys of records in ascending order, kept in order under writes. */
export interface SortedKeys {
  readonly size: number;
  /** The key at a position of the ascending order. */
  readonly at: (index: number) => SortKey | undefined;
  /** How many keys stand before `key`, which need not be among them. */
  readonly rank: (key: SortKey) => number;
  /** Puts a record in its place, moving it when it has one. */
  readonly put: (key: SortKey) => void;
  readonly remove: (id: string) => void;
}

/** Builds the order in one sort; later writes cost a binary search and one move within an array. */
export function createSortedKeys(initial: Iterable<SortKey>): SortedKeys {
  const keys = [...initial].sort(compareSortKeys);
  const byId = new Map(keys.map((key) => [key.id, key]));

  const rank = (key: SortKey): number => {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = keys[middle];
      if (candidate !== undefined && compareSortKeys(candidate, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const remove = (id: string): void => {
    const held = byId.get(id);
    if (held === undefined) return;
    keys.splice(rank(held), 1);
    byId.delete(id);
  };
  return {
    get size() {
      return keys.length;
    },
    at: (index) => keys[index],
    rank,
    put: (key) => {
      if (byId.get(key.id)?.value === key.value) return;
      remove(key.id);
      keys.splice(rank(key), 0, key);
      byId.set(key.id, key);
    },
    remove,
  };
}
