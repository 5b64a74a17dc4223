import type { SyncClient } from "@safelight/sync";
import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useTrash } from "../../../sync/use-trash.ts";
import type { TextIndex } from "../../../search/text-index.ts";
import { useTextsAhead } from "../../../search/use-texts-ahead.ts";
import type { CreateSearch } from "../create-search.ts";
import { createItemTexts } from "../search/create-item-texts.ts";
import { itemMatcher } from "../search/match-contents.ts";
import { picturePlace } from "./job-places.ts";
import type { LibraryItem, PictureItem } from "./library-item.ts";
import { createLibraryStore } from "./library-store.ts";

export interface LibraryView {
  /** How many pictures and clips there are outside the trash. */
  readonly total: number;
  /** Names what is asked for. */
  readonly view: string;
  /** What the address asks for, in the order shown. */
  readonly items: readonly LibraryItem[];
}

/** The library as the address asks for it, on the local day `today`. */
export function useLibrary(search: CreateSearch, today: string): LibraryView {
  const client = useSyncClient();
  const [{ store, texts }] = useState(() => ({
    store: storeOf(client, today),
    texts: createItemTexts(),
  }));
  const all = useSyncExternalStore(store.subscribe, store.items);
  useEffect(() => store.showFailuresSince(startOf(today)), [store, today]);
  const settled = useDeferredValue(all);
  useTextsAhead(
    texts,
    useMemo(() => picturesOf(settled), [settled]),
  );
  const trash = useTrash("contents");
  const inTrash = search.show === "trash";
  // Opening a picture changes the address too; only what narrows and orders must lead to another list.
  const [narrowing, view] = useNarrowing(search);
  const items = useMemo(() => {
    const base = inTrash ? trash.map((content) => picturePlace(content)) : all;
    const shown = narrowed(base, narrowing, { client, texts });
    return narrowing.sort === "oldest" && !inTrash ? shown.toReversed() : shown;
  }, [all, trash, inTrash, narrowing, client, texts]);
  return { total: client.list("contents").length, view, items };
}

function storeOf(client: SyncClient, today: string) {
  return createLibraryStore({
    client,
    failuresSince: startOf(today),
    nowMs: () => performance.now(),
    later: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  });
}

/** Can be walked more than once. */
function picturesOf(items: readonly LibraryItem[]): Iterable<PictureItem> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) if (item.kind === "picture") yield item;
    },
  };
}

function startOf(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

function useNarrowing(search: CreateSearch): readonly [CreateSearch, string] {
  const { picture: _picture, compare: _compare, ...narrowing } = search;
  const key = JSON.stringify(narrowing);
  // oxlint-disable-next-line react/exhaustive-deps -- the text stands for the object
  return [useMemo(() => narrowing, [key]), key];
}

function narrowed(
  items: readonly LibraryItem[],
  search: CreateSearch,
  { client, texts }: { readonly client: SyncClient; readonly texts: TextIndex<PictureItem> },
): readonly LibraryItem[] {
  const matches = itemMatcher(search, { jobs: client.list("jobs"), textMatcher: texts.matcher });
  if (matches === undefined) return items;
  // Work under way has no tags, stars or boards yet: it is shown where nothing is narrowed.
  return items.filter((item) => item.kind === "picture" && matches(item));
}
