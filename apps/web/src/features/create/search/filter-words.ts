import { formatDay } from "../../../domain/format.ts";
import { parseCreateSearch, type CreateSearch, type PictureSize } from "../create-search.ts";

/** A filter that is on, in words, and the address without it. */
export interface FilterChip {
  readonly key: string;
  readonly words: string;
  readonly without: CreateSearch;
}

export const TYPE_WORDS = { image: "Pictures", video: "Clips" } as const;
export const SIZE_WORDS: Readonly<Record<PictureSize, string>> = {
  small: "Small (below 0.5 MP)",
  medium: "Medium (0.5 to 1.5 MP)",
  large: "Large (above 1.5 MP)",
  wide: "Wide",
  tall: "Tall",
  square: "Square",
};

/** What is named by its id in the address, as people call it. */
export interface FilterNames {
  readonly provider: (id: string) => string;
  readonly model: (id: string, providerId?: string) => string;
  readonly style: (id: string) => string;
}

export function filterChips(search: CreateSearch, names: FilterNames): readonly FilterChip[] {
  const { type, provider, model, style, from, to, size, tags } = search;
  const chip = (key: keyof CreateSearch, words: string): FilterChip => ({
    key,
    words,
    without: parseCreateSearch({ ...search, [key]: undefined }),
  });
  const chips: FilterChip[] = [];
  if (type !== undefined) chips.push(chip("type", TYPE_WORDS[type]));
  if (provider !== undefined) chips.push(chip("provider", names.provider(provider)));
  if (model !== undefined) chips.push(chip("model", names.model(model, provider)));
  if (style !== undefined) chips.push(chip("style", names.style(style)));
  if (from !== undefined) chips.push(chip("from", `From ${formatDay(from)}`));
  if (to !== undefined) chips.push(chip("to", `To ${formatDay(to)}`));
  if (size !== undefined) chips.push(chip("size", SIZE_WORDS[size]));
  for (const tag of tags ?? []) {
    const others = (tags ?? []).filter((other) => other !== tag);
    chips.push({
      key: `tag ${tag}`,
      words: `# ${tag}`,
      without: parseCreateSearch({ ...search, tags: others }),
    });
  }
  return chips;
}

/** The address with no words and no filters, on the same tab. */
export function withoutFilters({ show, star, board, sort }: CreateSearch): CreateSearch {
  return parseCreateSearch({ show, star, board, sort });
}
