import type { AnyRecord, CollectionName, Json } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { decodeListCursor, encodeListCursor } from "./core/list-cursor.ts";
import { recordFilter, type RecordFilter } from "./core/record-filter.ts";
import { DEFAULT_SORT, parseSort, type SortKey } from "./core/sort-order.ts";
import type { SortedKeys } from "./core/sorted-keys.ts";
import type { RecordIndexes } from "./record-indexes.ts";

export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly sort?: string;
  readonly search?: string;
  readonly trash?: boolean;
  readonly [field: string]: Json | undefined;
}

/**
 * One page of a collection as JSON text `{items, nextCursor?, total}`, made of the store's own texts. The cursor is a
 * place in the order, not a count: records written meanwhile move nobody across pages.
 */
export function listRecords(
  store: Pick<Store, "get" | "getJson">,
  indexes: RecordIndexes,
  collection: CollectionName,
  query: ListQuery,
): string {
  const { limit = 50, cursor, sort = DEFAULT_SORT, search, trash = false, ...fields } = query;
  const { field, descending } = parseSort(sort);
  const keys = indexes.sorted(collection, field, trash);
  const after = cursor === undefined ? undefined : placeOf(sort, cursor);
  const filter = recordFilter({ equals: definedOf(fields), search });
  const fits = filter === undefined ? undefined : (id: string) => fitsRecord(store, collection, id, filter);

  const page: SortKey[] = [];
  for (const key of walk(keys, after, descending)) {
    if (fits !== undefined && !fits(key.id)) continue;
    page.push(key);
    if (page.length > limit) break;
  }
  const total = fits === undefined ? keys.size : countOf(keys, fits);
  const last = page.length > limit ? page[limit - 1] : undefined;
  const items = page.slice(0, limit).map((key) => store.getJson(collection, key.id)?.json ?? "");
  const next = last === undefined ? "" : `"nextCursor":"${encodeListCursor(sort, last)}",`;
  return `{"items":[${items.filter((json) => json !== "").join(",")}],${next}"total":${total}}`;
}

function placeOf(sort: string, cursor: string): SortKey {
  const key = decodeListCursor(sort, cursor);
  if (key !== undefined) return key;
  const message = "is not a cursor of this list in this order";
  throw new ProblemError(400, "list.cursor", `The cursor ${message}; start again without one.`, {
    errors: [{ path: "?cursor", message }],
  });
}

function* walk(keys: SortedKeys, after: SortKey | undefined, descending: boolean): Generator<SortKey> {
  if (descending) {
    let index = after === undefined ? keys.size - 1 : keys.rank(after) - 1;
    for (let key = keys.at(index); key !== undefined; key = keys.at((index -= 1))) yield key;
    return;
  }
  let index = after === undefined ? 0 : keys.rank(after);
  if (after !== undefined && keys.at(index)?.id === after.id) index += 1;
  for (let key = keys.at(index); key !== undefined; key = keys.at((index += 1))) yield key;
}

function countOf(keys: SortedKeys, fits: (id: string) => boolean): number {
  let count = 0;
  for (const key of walk(keys, undefined, false)) if (fits(key.id)) count += 1;
  return count;
}

function fitsRecord(
  store: Pick<Store, "get" | "getJson">,
  collection: CollectionName,
  id: string,
  filter: RecordFilter,
): boolean {
  const stored = store.getJson(collection, id);
  if (stored === undefined || !filter.mayFit(stored.json)) return false;
  const record = store.get(collection, id) as AnyRecord | undefined;
  return record !== undefined && filter.fits(record);
}

function definedOf(fields: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
