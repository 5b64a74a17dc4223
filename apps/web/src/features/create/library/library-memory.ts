import type { SyncClient } from "@safelight/sync";
import type { TextIndex } from "../../../search/text-index.ts";
import { createItemTexts } from "../search/create-item-texts.ts";
import type { PictureItem } from "./library-item.ts";
import { createLibraryLayout, type LayOut } from "./library-rows.ts";
import { createLibraryStore, type LibraryStore } from "./library-store.ts";

/** What was made of the records, kept while other rooms are shown: coming back costs what changed meanwhile. */
export interface LibraryMemory {
  readonly store: LibraryStore;
  readonly texts: TextIndex<PictureItem>;
  /** Two, so that the whole library stands where it stood when a search ends. */
  readonly layOutAll: LayOut;
  readonly layOutFound: LayOut;
  /** Of the library when it was last drawn, in CSS pixels; 0 before. Coming back, it is drawn at once and measured then. */
  readonly width: { current: number };
}

const memories = new WeakMap<SyncClient, LibraryMemory>();

/** The one memory of a client. `failuresSince` (ISO) is that of a new one. */
export function libraryMemory(client: SyncClient, failuresSince: string): LibraryMemory {
  const known = memories.get(client);
  if (known !== undefined) return known;
  const made = {
    store: createLibraryStore({
      client,
      failuresSince,
      nowMs: () => performance.now(),
      later: (work, delayMs) => {
        const timer = setTimeout(work, delayMs);
        return () => clearTimeout(timer);
      },
    }),
    texts: createItemTexts(),
    layOutAll: createLibraryLayout(),
    layOutFound: createLibraryLayout(),
    width: { current: 0 },
  };
  memories.set(client, made);
  return made;
}
