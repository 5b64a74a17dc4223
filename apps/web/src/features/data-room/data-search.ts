import { type CollectionName, isCollectionName } from "@safelight/shared";

/** The record whose versions are shown, kept in the address. */
export interface DataSearch {
  readonly collection?: CollectionName;
  readonly record?: string;
}

export function parseDataSearch(search: Record<string, unknown>): DataSearch {
  const { collection, record } = search;
  if (typeof collection !== "string" || !isCollectionName(collection)) return {};
  return typeof record === "string" && record !== "" ? { collection, record } : {};
}
