import type { GeneratedContent } from "@safelight/shared";

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

/** Everything that a search looks through: prompt, names and tags. */
export function searchTextOf(content: GeneratedContent): string {
  const { prompt, title, filename, blob, tags } = content;
  const parts = [prompt];
  if (title !== undefined) parts.push(title);
  if (filename !== undefined) parts.push(filename);
  if (blob?.name !== undefined && blob.name !== title) parts.push(blob.name);
  if (tags !== undefined) parts.push(...tags);
  return foldText(parts.join("\n"));
}
