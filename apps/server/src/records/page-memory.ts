import type { Store } from "@safelight/store";
import { LRUCache } from "lru-cache";

/**
 * Remembers pages for as long as nothing is committed: a script that polls a list, and many devices that catch up from
 * the same place, cost no work anew.
 */
export interface PageMemory<Page extends string | Buffer> {
  /** The page at an address, made by `make` unless it is known from the same state of the studio. */
  read(address: string, make: () => Page): Page;
}

/** Of all pages together, in UTF-16 units or bytes. */
const MAX_LENGTH = 4 * 1024 * 1024;

export function createPageMemory<Page extends string | Buffer>(
  store: Pick<Store, "cursor">,
  maxLength = MAX_LENGTH,
): PageMemory<Page> {
  const pages = new LRUCache<string, Page>({
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
