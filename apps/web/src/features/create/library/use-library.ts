import { useMemo } from "react";
import { useRecords } from "../../../sync/use-records.ts";
import type { CreateSearch } from "../create-search.ts";
import { filterContents, libraryFilters, type LibraryFilter } from "./filter-items.ts";
import { libraryItems, type LibraryItem } from "./library-items.ts";

/** The library as the address asks for it, on the local day `today`. `items` is in the order shown. */
export function useLibrary(
  { show, sort }: CreateSearch,
  today: string,
): {
  readonly items: readonly LibraryItem[];
  readonly filters: readonly LibraryFilter[];
} {
  const contents = useRecords("contents");
  const jobs = useRecords("jobs");
  return useMemo(() => {
    const failuresSince = new Date(`${today}T00:00:00`).toISOString();
    const shown = filterContents(contents, show);
    const all = libraryItems(shown, jobs, failuresSince);
    const items = show === undefined ? all : all.filter(({ kind }) => kind === "picture");
    return { items: sort === "oldest" ? items.toReversed() : items, filters: libraryFilters(contents) };
  }, [contents, jobs, show, sort, today]);
}
