/** The first `limit` items whose text has every word of the query; all of them for an empty query. */
export function findByWords<T>(
  items: readonly T[],
  query: string,
  textOf: (item: T) => string,
  limit: number,
): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: T[] = [];
  for (const item of items) {
    if (found.length === limit) break;
    const text = textOf(item).toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(item);
  }
  return found;
}
