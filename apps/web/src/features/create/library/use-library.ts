import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useTrash } from "../../../sync/use-trash.ts";
import { useTextsAhead } from "../../../search/use-texts-ahead.ts";
import type { CreateSearch } from "../create-search.ts";
import { itemMatcher } from "../search/match-contents.ts";
import { useFound } from "../search/use-found.ts";
import { trashPlace } from "./job-places.ts";
import type { LibraryItem, PictureItem } from "./library-item.ts";
import { type LibraryMemory, libraryMemory } from "./library-memory.ts";

export interface LibraryView {
  /** How many pictures and clips there are outside the trash. */
  readonly total: number;
  /** Names what is asked for. */
  readonly view: string;
  /** What the address asks for, in the order shown; its first screens while a new search is still at work. */
  readonly items: readonly LibraryItem[];
  /** Whether `items` is all of it. */
  readonly isWhole: boolean;
  /** All of it, now. */
  readonly all: () => readonly LibraryItem[];
  readonly memory: LibraryMemory;
}

/** The library as the address asks for it, on the local day `today`. */
export function useLibrary(search: CreateSearch, today: string): LibraryView {
  const client = useSyncClient();
  const [memory] = useState(() => libraryMemory(client, startOf(today)));
  const { store, texts } = memory;
  const places = useSyncExternalStore(store.subscribe, store.items);
  useEffect(() => store.showFailuresSince(startOf(today)), [store, today]);
  const settled = useDeferredValue(places);
  useTextsAhead(
    texts,
    useMemo(() => picturesOf(settled), [settled]),
  );
  const trash = useTrash("contents");
  const inTrash = search.show === "trash";
  // Opening a picture changes the address too; only what narrows and orders must lead to another list.
  const [narrowing, view] = useNarrowing(search);
  const isTurned = narrowing.sort === "oldest" && !inTrash;
  // Only the style of what is in the trash is looked up in the jobs.
  const jobs = inTrash && narrowing.style !== undefined ? client.list("jobs") : undefined;
  const base = useMemo(() => {
    if (inTrash) return trash.map((content) => trashPlace(content, client.get("jobs", content.jobId ?? "")));
    return isTurned ? places.toReversed() : places;
    // oxlint-disable-next-line react/exhaustive-deps -- the jobs are read by way of the client
  }, [places, trash, inTrash, isTurned, client, jobs]);
  const matches = useMemo(() => {
    const passes = itemMatcher(narrowing, { textMatcher: texts.matcher });
    if (passes === undefined) return undefined;
    // Work under way has no tags, stars or boards yet: it is shown where nothing is narrowed.
    return (item: LibraryItem) => item.kind === "picture" && passes(item);
  }, [narrowing, texts]);
  const found = useFound(base, matches, view);
  return { total: client.list("contents").length, view, memory, ...found };
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
