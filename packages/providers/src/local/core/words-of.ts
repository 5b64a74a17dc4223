/** The words of a prompt in lower case, without marks and accents, in their order. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, 400);
}

/** A word as it stands in a word list: itself, or without a plural ending. */
export function findWord<T>(list: Readonly<Record<string, T>>, word: string): T | undefined {
  for (const form of [word, word.replace(/s$/, ""), word.replace(/es$/, ""), word.replace(/ies$/, "y")]) {
    if (Object.hasOwn(list, form)) return list[form];
  }
  return undefined;
}
