import { hasTerms, termsOf } from "@safelight/shared";

/**
 * Full-text search over records by looking through their folded texts, which are made once and kept. Looking through
 * 100,000 prompts takes some milliseconds, finds parts of words in every script, and has no index that could be behind.
 */
export interface TextIndex<T> {
  /** The folded text of a record. */
  readonly textOf: (record: T) => string;
  /** A test for the query; everything passes an empty one. */
  readonly matcher: (query: string) => (record: T) => boolean;
  /** Makes texts ahead of the first search while it may; answers whether the walk is at its end. */
  prepare(walk: Iterator<T>, mayGoOn: () => boolean): boolean;
}

/** Texts made between two looks at the clock. */
const PREPARED_AT_ONCE = 200;

/** Where the text of a record is kept once it was made. */
export interface TextSlots<T> {
  get(record: T): string | undefined;
  set(record: T, text: string): void;
}

/**
 * @param makeText Everything that a search looks through, folded.
 * @param texts A field of the record itself is read ten times faster than the weak map that is used without one.
 */
export function createTextIndex<T extends object>(
  makeText: (record: T) => string,
  // Records are replaced, never changed: a text belongs to one object for ever and goes with it.
  texts: TextSlots<T> = new WeakMap<T, string>(),
): TextIndex<T> {
  function textOf(record: T): string {
    const known = texts.get(record);
    if (known !== undefined) return known;
    const made = makeText(record);
    texts.set(record, made);
    return made;
  }
  return {
    textOf,
    matcher(query) {
      const terms = termsOf(query);
      const [only] = terms;
      if (only === undefined) return () => true;
      if (terms.length === 1) return (record) => textOf(record).includes(only);
      return (record) => hasTerms(textOf(record), terms);
    },
    prepare(walk, mayGoOn) {
      for (let made = 0; made % PREPARED_AT_ONCE > 0 || made === 0 || mayGoOn();) {
        const { done, value } = walk.next();
        if (done === true) return true;
        if (texts.get(value) !== undefined) continue;
        textOf(value);
        made += 1;
      }
      return false;
    },
  };
}
