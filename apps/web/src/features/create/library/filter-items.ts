import type { GeneratedContent } from "@safelight/shared";

/** A way to narrow the library. `value` is what the address holds; `undefined` shows all. */
export interface LibraryFilter {
  readonly value: string | undefined;
  readonly label: string;
  readonly count: number;
}

const MAX_TAGS = 6;

/** The filters worth offering: all, starred, uploads, and the tags that most pictures have. */
export function libraryFilters(contents: readonly GeneratedContent[]): readonly LibraryFilter[] {
  const tags = new Map<string, number>();
  let starred = 0;
  let uploads = 0;
  for (const content of contents) {
    if (content.star === true) starred += 1;
    if (content.origin === "upload") uploads += 1;
    for (const tag of content.tags ?? []) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  const common = [...tags].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_TAGS);
  return [
    { value: undefined, label: "All", count: contents.length },
    { value: "starred", label: "Starred", count: starred },
    { value: "uploads", label: "Uploads", count: uploads },
    ...common.map(([tag, count]) => ({ value: `tag:${tag}`, label: tag, count })),
  ];
}

/** The contents that a filter of the address shows. */
export function filterContents(
  contents: readonly GeneratedContent[],
  show: string | undefined,
): readonly GeneratedContent[] {
  if (show === undefined) return contents;
  if (show === "starred") return contents.filter(({ star }) => star === true);
  if (show === "uploads") return contents.filter(({ origin }) => origin === "upload");
  const tag = show.startsWith("tag:") ? show.slice("tag:".length) : undefined;
  return tag === undefined ? contents : contents.filter(({ tags }) => tags?.includes(tag) === true);
}
