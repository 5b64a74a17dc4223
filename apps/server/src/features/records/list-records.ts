import type { AnyRecord, CollectionName, Json } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { decodeListCursor, encodeListCursor } from "./core/list-cursor.ts";
import { searchFilter } from "./core/search-filter.ts";
import { DEFAULT_SORT, parseSort, type SortKey, type SortValue } from "./core/sort-order.ts";
import { type KeyOrder, orderOfSome, type SortedKeys } from "./core/sorted-keys.ts";
import { takePage } from "./core/take-page.ts";
import type { RecordIndexes } from "./record-indexes.ts";

export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly sort?: string;
  readonly search?: string;
  readonly trash?: boolean;
  readonly [field: string]: Json | undefined;
}

type ListedStore = Pick<Store, "get" | "getJson">;

/** A group of less than this part of all is put in order by itself; a larger one is met often enough on the way. */
const SMALL_PART = 1 / 8;

/**
 * One page of a collection as JSON text `{items, nextCursor?, total}`, made of the store's own texts. The cursor is a
 * place in the order, not a count: records written meanwhile move nobody across pages.
 */
export function listRecords(
  store: ListedStore,
  indexes: RecordIndexes,
  collection: CollectionName,
  query: ListQuery,
): string {
  const { limit = 50, cursor, sort = DEFAULT_SORT, search, trash = false, ...asked } = query;
  const { field, descending } = parseSort(sort);
  const keys = indexes.sorted(collection, field, trash);
  const after = cursor === undefined ? undefined : placeOf(sort, cursor);
  const { order, isIn, count } = chooseKeys(keys, groupOf(indexes, collection, { trash, asked }));
  const hasText = search === undefined ? undefined : createTextCheck(store, collection, search);
  const { page, total } = takePage(
    order,
    hasText === undefined
      ? { fits: isIn, total: count }
      : { fits: (id) => isIn?.(id) !== false && hasText(id), total: undefined },
    { after, descending, length: limit + 1 },
  );

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

interface AskedFields {
  readonly trash: boolean;
  /** What a query asks of fields, by their names. */
  readonly asked: Readonly<Record<string, Json | undefined>>;
}

/** The records that hold what is asked of fields; `undefined` when nothing is. */
function groupOf(
  indexes: RecordIndexes,
  collection: CollectionName,
  { trash, asked }: AskedFields,
): ReadonlySet<string> | undefined {
  const fields: string[] = [];
  const values: SortValue[] = [];
  for (const name of Object.keys(asked).toSorted()) {
    const value = asked[name];
    if (value === undefined || (typeof value === "object" && value !== null)) continue;
    fields.push(name);
    values.push(value);
  }
  return fields.length === 0 ? undefined : indexes.groups(collection, fields, trash).find(values);
}

/** The keys to look through for a group, and which of them are in it where not all are. */
function chooseKeys(
  keys: SortedKeys,
  group: ReadonlySet<string> | undefined,
): {
  readonly order: KeyOrder;
  readonly isIn: ((id: string) => boolean) | undefined;
  readonly count: number;
} {
  if (group === undefined) return { order: keys, isIn: undefined, count: keys.size };
  if (group.size >= keys.size * SMALL_PART)
    return { order: keys, isIn: (id) => group.has(id), count: group.size };
  return { order: orderOfSome(keys, group), isIn: undefined, count: group.size };
}

function createTextCheck(
  store: ListedStore,
  collection: CollectionName,
  search: string,
): (id: string) => boolean {
  const filter = searchFilter(search);
  return (id) => {
    const stored = store.getJson(collection, id);
    if (stored === undefined || !filter.mayFit(stored.json)) return false;
    const record = store.get(collection, id) as AnyRecord | undefined;
    return record !== undefined && filter.fits(record);
  };
}
