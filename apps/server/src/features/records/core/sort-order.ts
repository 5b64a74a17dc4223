import type { AnyRecord, Json } from "@safelight/shared";

/** A scalar to order by; `null` stands for a field that the record does not have. */
export type SortValue = string | number | boolean | null;

/** Place of one record in an order: its value, then its id, so that no two places are equal. */
export interface SortKey {
  readonly value: SortValue;
  readonly id: string;
}

export interface SortOrder {
  readonly field: string;
  readonly descending: boolean;
}

/** Newest first. */
export const DEFAULT_SORT = "-createdAt";

/** Reads `name` or `-name`. */
export function parseSort(sort: string): SortOrder {
  return sort.startsWith("-")
    ? { field: sort.slice(1), descending: true }
    : { field: sort, descending: false };
}

export function sortKeyOf(record: AnyRecord, field: string): SortKey {
  return { value: scalarOf(record[field]), id: record.id };
}

/** What a field holds, as far as it can be ordered and compared. */
export function scalarOf(value: Json | undefined): SortValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Ascending: missing values first, then by value, then by id; text by code units, the same everywhere. */
export function compareSortKeys(left: SortKey, right: SortKey): number {
  return compareValues(left.value, right.value) || compareText(left.id, right.id);
}

function compareValues(left: SortValue, right: SortValue): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  return Number(left) - Number(right);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
