import { createTextIndex, type TextIndex } from "../../../search/text-index.ts";
import type { PictureItem } from "../library/library-item.ts";
import { searchTextOf } from "./search-text.ts";

/** Full-text search over the places of the library, which keep their own texts. */
export function createItemTexts(): TextIndex<PictureItem> {
  return createTextIndex<PictureItem>(({ content }) => searchTextOf(content), {
    get: ({ text }) => text,
    set: (item, text) => {
      item.text = text;
    },
  });
}
