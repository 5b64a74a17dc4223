import type { SortKey } from "./sort-order.ts";
import type { KeyOrder } from "./sorted-keys.ts";

/** Of which records a list is. */
export interface ListFilter {
  /** `undefined`: all that are in the order. */
  readonly fits: ((id: string) => boolean) | undefined;
  /** How many fit, where that is known without a look at each. */
  readonly total: number | undefined;
}

export interface PagePlace {
  readonly after: SortKey | undefined;
  readonly descending: boolean;
  /** Most keys of the page. */
  readonly length: number;
}

/** The keys that fit from a place on, and how many fit in all. Looks no further than it must to know both. */
export function takePage(
  keys: KeyOrder,
  { fits, total }: ListFilter,
  { after, descending, length }: PagePlace,
): { readonly page: readonly SortKey[]; readonly total: number } {
  const start = after === undefined ? 0 : placeAfter(keys, after, descending);
  const page: SortKey[] = [];
  let found = 0;
  for (let index = total === undefined ? 0 : start; index < keys.size; index += 1) {
    if (total !== undefined && (page.length === length || found === total)) break;
    const key = keys.at(descending ? keys.size - 1 - index : index);
    if (key === undefined || fits?.(key.id) === false) continue;
    found += 1;
    if (index >= start && page.length < length) page.push(key);
  }
  return { page, total: total ?? found };
}

/** How many keys stand in the order up to `key` and with it. */
function placeAfter(keys: KeyOrder, key: SortKey, descending: boolean): number {
  const rank = keys.rank(key);
  if (descending) return keys.size - rank;
  return keys.at(rank)?.id === key.id ? rank + 1 : rank;
}
