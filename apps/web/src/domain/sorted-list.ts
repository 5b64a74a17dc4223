/** Changes above which merging beats inserting one by one. */
const FEW = 16;

/**
 * A sorted list without what went and with what came, in a copy: costs what changed and one copy of the list. `added` may
 * be reordered. Everything in `removed` must be in the list, and `compare` must tell any two apart.
 */
export function reordered<T>(
  list: readonly T[],
  removed: ReadonlySet<T>,
  added: T[],
  compare: (left: T, right: T) => number,
): T[] {
  if (removed.size + added.length <= FEW) {
    // oxlint-disable-next-line unicorn/prefer-spread -- copies a long list several times faster
    const next = list.slice();
    for (const item of removed) next.splice(placeIn(next, item, compare), 1);
    for (const item of added) next.splice(placeIn(next, item, compare), 0, item);
    return next;
  }
  added.sort(compare);
  const next: T[] = [];
  let at = 0;
  for (const item of list) {
    if (removed.has(item)) continue;
    for (let first = added[at]; first !== undefined && compare(first, item) < 0; first = added[at]) {
      next.push(first);
      at += 1;
    }
    next.push(item);
  }
  for (; at < added.length; at += 1) {
    const item = added[at];
    if (item !== undefined) next.push(item);
  }
  return next;
}

/** Index of the item, or where it belongs. */
function placeIn<T>(list: readonly T[], item: T, compare: (left: T, right: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = list[middle];
    if (held !== undefined && compare(held, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
