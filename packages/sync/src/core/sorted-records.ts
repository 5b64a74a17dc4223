import type { AnyRecord } from "@safelight/shared";

/** Where a record stands in a list; lists are in descending order of `at`, then of id. */
export type SortKey = (record: AnyRecord) => string;

/** A list that keeps its order and its identity: a new array exists only when a record in it changed. */
export interface SortedRecords {
  /** Notes that the record is now so (`undefined`: not in this list). Costs nothing until the list is read. */
  set(id: string, record: AnyRecord | undefined): void;
  list(): readonly AnyRecord[];
}

/** Changed records in one read above which merging beats inserting one by one. */
const FEW = 16;

export function createSortedRecords(keyOf: SortKey): SortedRecords {
  let sorted: readonly AnyRecord[] = [];
  const placed = new Map<string, AnyRecord>();
  const dirty = new Map<string, AnyRecord | undefined>();
  const compare = (left: AnyRecord, right: AnyRecord): number => {
    const a = keyOf(left);
    const b = keyOf(right);
    if (a !== b) return a < b ? 1 : -1;
    return left.id === right.id ? 0 : left.id < right.id ? 1 : -1;
  };

  function refresh(): void {
    const added: AnyRecord[] = [];
    const removed = new Set<AnyRecord>();
    // oxlint-disable-next-line unicorn/prefer-spread -- copies a long list several times faster
    const next = sorted.slice();
    let changed = false;
    for (const [id, record] of dirty) {
      const before = placed.get(id);
      if (before === record) continue;
      changed = true;
      if (before !== undefined && record !== undefined && compare(before, record) === 0) {
        next[indexOf(next, before, compare)] = record;
      } else {
        if (before !== undefined) removed.add(before);
        if (record !== undefined) added.push(record);
      }
      if (record === undefined) placed.delete(id);
      else placed.set(id, record);
    }
    dirty.clear();
    if (!changed) return;
    sorted =
      removed.size + added.length <= FEW
        ? patched(next, removed, added, compare)
        : merged(
            removed.size === 0 ? next : next.filter((record) => !removed.has(record)),
            added.sort(compare),
            compare,
          );
  }

  return {
    set(id, record) {
      dirty.set(id, record);
    },
    list() {
      if (dirty.size > 0) refresh();
      return sorted;
    },
  };
}

type Compare = (left: AnyRecord, right: AnyRecord) => number;

/** Index of `record`, or where it belongs. */
function indexOf(list: readonly AnyRecord[], record: AnyRecord, compare: Compare): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = list[middle];
    if (held !== undefined && compare(held, record) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function patched(
  list: AnyRecord[],
  removed: ReadonlySet<AnyRecord>,
  added: readonly AnyRecord[],
  compare: Compare,
): AnyRecord[] {
  for (const record of removed) list.splice(indexOf(list, record, compare), 1);
  for (const record of added) list.splice(indexOf(list, record, compare), 0, record);
  return list;
}

function merged(
  left: readonly AnyRecord[],
  right: readonly AnyRecord[],
  compare: Compare,
): readonly AnyRecord[] {
  const result: AnyRecord[] = [];
  let index = 0;
  for (const record of right) {
    let held = left[index];
    while (held !== undefined && compare(held, record) < 0) {
      result.push(held);
      index += 1;
      held = left[index];
    }
    result.push(record);
  }
  for (; index < left.length; index += 1) {
    const held = left[index];
    if (held !== undefined) result.push(held);
  }
  return result;
}
