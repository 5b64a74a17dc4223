interface Dated {
  readonly id: string;
  readonly createdAt: string;
}

/**
 * Walks two lists of the sync client, which are newest first and keep the identity of what did not change, and tells
 * what differs: `undefined` before for a new record, after for one that went. Costs a comparison of references each.
 */
export function diffRecords<T extends Dated>(
  before: readonly T[],
  after: readonly T[],
  visit: (before: T | undefined, after: T | undefined) => void,
): void {
  if (before === after) return;
  let left = 0;
  let right = 0;
  while (left < before.length || right < after.length) {
    const old = before[left];
    const now = after[right];
    if (old === now) {
      left += 1;
      right += 1;
      continue;
    }
    const order = old === undefined ? 1 : now === undefined ? -1 : compareNewestFirst(old, now);
    if (order === 0) visit(old, now);
    else if (order < 0) visit(old, undefined);
    else visit(undefined, now);
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
  }
}

/** Newest first, then by descending id: the order of the sync client's lists. */
export function compareNewestFirst(left: Dated, right: Dated): number {
  if (left.createdAt !== right.createdAt) return left.createdAt < right.createdAt ? 1 : -1;
  if (left.id === right.id) return 0;
  return left.id < right.id ? 1 : -1;
}
