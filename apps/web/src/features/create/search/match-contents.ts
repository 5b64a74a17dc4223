import type { GeneratedContent } from "@safelight/shared";
import type { PictureItem } from "../library/library-item.ts";
import type { CreateSearch, PictureSize } from "../create-search.ts";

export interface MatchContext {
  readonly textMatcher: (query: string) => (item: PictureItem) => boolean;
}

type Test = (content: GeneratedContent, item: PictureItem) => boolean;

const HALF_MILLION = 500_000;
const MILLION_AND_A_HALF = 1_500_000;

/** Whether the address narrows the library at all. */
export function isNarrowed(search: CreateSearch): boolean {
  const { sort: _sort, picture: _picture, compare: _compare, ...narrowing } = search;
  return Object.keys(narrowing).length > 0;
}

/** How many filters are on beside the search's words and the tabs over the library. */
export function filterCount(search: CreateSearch): number {
  const { type, provider, model, style, from, to, size, tags } = search;
  const one = [type, provider, model, style, from ?? to, size].filter((value) => value !== undefined);
  return one.length + (tags?.length ?? 0);
}

/** A test for what the address asks for; `undefined` when it asks for everything. Cheap tests come first. */
export function itemMatcher(
  search: CreateSearch,
  { textMatcher }: MatchContext,
): ((item: PictureItem) => boolean) | undefined {
  const tests: Test[] = [];
  const { q, show, star, board, tags, type, provider, model, style, from, to, size } = search;
  if (show === "uploads") tests.push(({ origin }) => origin === "upload");
  if (star === true) tests.push((content) => content.star === true);
  if (board !== undefined) tests.push(({ boardId }) => boardId === board);
  if (type !== undefined) tests.push((content) => content.type === type);
  if (provider !== undefined) tests.push((content) => content.provider === provider);
  if (model !== undefined) tests.push(({ modelId }) => modelId === model);
  if (from !== undefined) {
    const first = startOfDay(from, 0);
    tests.push(({ createdAt }) => createdAt >= first);
  }
  if (to !== undefined) {
    const end = startOfDay(to, 1);
    tests.push(({ createdAt }) => createdAt < end);
  }
  if (size !== undefined) tests.push((content) => hasSize(content, size));
  for (const tag of tags ?? []) tests.push((content) => content.tags?.includes(tag) === true);
  if (style !== undefined) tests.push((_content, { styleId }) => styleId === style);
  const hasWords = q === undefined ? undefined : textMatcher(q);
  const [only] = tests;
  if (only === undefined) return hasWords;
  const passes: Test =
    tests.length === 1 ? only : (content, item) => tests.every((test) => test(content, item));
  if (hasWords === undefined) return (item) => passes(item.content, item);
  return (item) => passes(item.content, item) && hasWords(item);
}

/** ISO instant at which the local day begins, `later` days on. */
function startOfDay(day: string, later: number): string {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return later === 0 ? "" : "9";
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + later).toISOString();
}

function hasSize({ blob, config }: GeneratedContent, size: PictureSize): boolean {
  const width = blob?.width ?? config.width;
  const height = blob?.height ?? config.height;
  if (width === undefined || height === undefined) return false;
  const pixels = width * height;
  switch (size) {
    case "small":
      return pixels < HALF_MILLION;
    case "medium":
      return pixels >= HALF_MILLION && pixels <= MILLION_AND_A_HALF;
    case "large":
      return pixels > MILLION_AND_A_HALF;
    case "wide":
      return width > height * 1.05;
    case "tall":
      return height > width * 1.05;
    case "square":
      return width <= height * 1.05 && height <= width * 1.05;
  }
}
