import type { GeneratedContent } from "@safelight/shared";
import { searchTextOf, termsOf } from "./search-text.ts";

/**
 * Full-text search over the contents by looking through their folded texts, which are made once and kept. Looking through
 * 100,000 prompts takes some milliseconds, finds parts of words in every script, and has no index that could be behind.
 */
export interface TextIndex {
  /** A test for the query; everything passes an empty one. */
  readonly matcher: (query: string) => (content: GeneratedContent) => boolean;
  /** Makes texts ahead of the first search while it may; answers whether the walk is at its end. */
  prepare(walk: Iterator<GeneratedContent>, mayGoOn: () => boolean): boolean;
}

/** Texts made between two looks at the clock. */
const PREPARED_AT_ONCE = 200;

export function createTextIndex(): TextIndex {
  // Records are replaced, never changed: a text belongs to one object for ever and goes with it.
  const texts = new WeakMap<GeneratedContent, string>();
  function textOf(content: GeneratedContent): string {
    const known = texts.get(content);
    if (known !== undefined) return known;
    const made = searchTextOf(content);
    texts.set(content, made);
    return made;
  }
  return {
    matcher(query) {
      const terms = termsOf(query);
      const [only] = terms;
      if (only === undefined) return () => true;
      if (terms.length === 1) return (content) => textOf(content).includes(only);
      return (content) => {
        const text = textOf(content);
        return terms.every((term) => text.includes(term));
      };
    },
    prepare(walk, mayGoOn) {
      for (let made = 0; made % PREPARED_AT_ONCE > 0 || made === 0 || mayGoOn();) {
        const { done, value } = walk.next();
        if (done === true) return true;
        if (texts.has(value)) continue;
        textOf(value);
        made += 1;
      }
      return false;
    },
  };
}
