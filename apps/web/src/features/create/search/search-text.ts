import { foldText, type GeneratedContent } from "@safelight/shared";

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
