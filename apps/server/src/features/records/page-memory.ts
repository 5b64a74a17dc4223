import type { Store } from "@safelight/store";
import { LRUCache } from "lru-cache";

/** Remembers pages of lists for as long as nothing is committed: a script that polls costs no work anew. */
export interface PageMemory {
  /** The page at an address, made by `make` unless it is known from the same state of the studio. */
  read(address: string, make: () => string): string;
}

/** Of all pages together, in UTF-16 units. */
const MAX_LENGTH = 4 * 1024 * 1024;

export function createPageMemory(store: Pick<Store, "cursor">, maxLength = MAX_LENGTH): PageMemory {
  const pages = new LRUCache<string, string>({
    maxSize: maxLength,
    sizeCalculation: (page, address) => page.length + address.length,
  });
  let epoch = "";
  let seq = -1;
  return {
    read(address, make) {
      const now = store.cursor();
      if (now.seq !== seq || now.epoch !== epoch) {
        pages.clear();
        ({ seq, epoch } = now);
      }
      const known = pages.get(address);
      if (known !== undefined) return known;
      const page = make();
      pages.set(address, page);
      return page;
    },
  };
}
