import { compareSortKeys, type SortKey } from "./sort-order.ts";

/** Keys of records in ascending order. */
export interface KeyOrder {
  readonly size: number;
  /** The key at a position of the ascending order. */
  readonly at: (index: number) => SortKey | undefined;
  /** How many keys stand before `key`, which need not be among them. */
  readonly rank: (key: SortKey) => number;
}

/** An order that is kept under writes. */
export interface SortedKeys extends KeyOrder {
  readonly keyOf: (id: string) => SortKey | undefined;
  /** Puts a record in its place, moving it when it has one. */
  readonly put: (key: SortKey) => void;
  readonly remove: (id: string) => void;
}

/** Builds the order in one sort; later writes cost a binary search and one move within an array. */
export function createSortedKeys(initial: Iterable<SortKey>): SortedKeys {
  const keys = [...initial].sort(compareSortKeys);
  const byId = new Map(keys.map((key) => [key.id, key]));

  const remove = (id: string): void => {
    const held = byId.get(id);
    if (held === undefined) return;
    keys.splice(rankIn(keys, held), 1);
    byId.delete(id);
  };
  return {
    ...orderOf(keys),
    get size() {
      return keys.length;
    },
    keyOf: (id) => byId.get(id),
    put: (key) => {
      if (byId.get(key.id)?.value === key.value) return;
      remove(key.id);
      keys.splice(rankIn(keys, key), 0, key);
      byId.set(key.id, key);
    },
    remove,
  };
}

/** The order of some of the keys, as it is now. Ids without a key are left out. */
export function orderOfSome({ keyOf }: SortedKeys, ids: Iterable<string>): KeyOrder {
  const keys: SortKey[] = [];
  for (const id of ids) {
    const key = keyOf(id);
    if (key !== undefined) keys.push(key);
  }
  return orderOf(keys.sort(compareSortKeys));
}

/** @param keys In ascending order. */
function orderOf(keys: readonly SortKey[]): KeyOrder {
  return { size: keys.length, at: (index) => keys[index], rank: (key) => rankIn(keys, key) };
}

function rankIn(keys: readonly SortKey[], key: SortKey): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = keys[middle];
    if (candidate !== undefined && compareSortKeys(candidate, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
