/** Text as it is compared: letters of one case and one form, so that full-width and composed letters find each other. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The words of a query, each of which must be found somewhere. Parts of words count: no script needs word breaks. */
export function termsOf(query: string): readonly string[] {
  return foldText(query)
    .split(/\s+/)
    .filter((term) => term !== "");
}

/** Whether a folded text has every word of the query. */
export function hasTerms(foldedText: string, terms: readonly string[]): boolean {
  return terms.every((term) => foldedText.includes(term));
}
