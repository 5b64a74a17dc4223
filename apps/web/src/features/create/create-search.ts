/** What the Create room keeps in its address: which pictures are shown, in which order, and which are open. */
export interface CreateSearch {
  /** Words that the prompt, the names or the tags must have. */
  readonly q?: string;
  readonly show?: "uploads" | "trash";
  readonly star?: true;
  /** Id of a board. */
  readonly board?: string;
  /** Every one of these tags. */
  readonly tags?: readonly string[];
  readonly type?: "image" | "video";
  readonly provider?: string;
  readonly model?: string;
  /** Id of a style. */
  readonly style?: string;
  /** Local days, both included: "2026-11-21". */
  readonly from?: string;
  readonly to?: string;
  readonly size?: PictureSize;
  readonly sort?: "oldest";
  /** Id of the content that the viewer shows. */
  readonly picture?: string;
  /** Ids of the contents that stand side by side, two to four. */
  readonly compare?: readonly string[];
}

/** By pixels: below half a million, up to one and a half, above; or by form. */
export type PictureSize = (typeof PICTURE_SIZES)[number];
export const PICTURE_SIZES = ["small", "medium", "large", "wide", "tall", "square"] as const;

/** Most pictures that can be compared. */
export const MOST_COMPARED = 4;

export function parseCreateSearch(search: Record<string, unknown>): CreateSearch {
  const { show, star, sort, type, size, tags, compare } = search;
  const texts = {
    q: text(search["q"]),
    board: text(search["board"]),
    provider: text(search["provider"]),
    model: text(search["model"]),
    style: text(search["style"]),
    from: day(search["from"]),
    to: day(search["to"]),
    picture: text(search["picture"]),
  };
  const compared = list(compare).slice(0, MOST_COMPARED);
  const tagged = list(tags);
  const known = PICTURE_SIZES.find((each) => each === size);
  return {
    ...withoutUndefined(texts),
    ...(show === "uploads" || show === "trash" ? { show } : {}),
    ...(star === true ? { star } : {}),
    ...(type === "image" || type === "video" ? { type } : {}),
    ...(known === undefined ? {} : { size: known }),
    ...(tagged.length === 0 ? {} : { tags: tagged }),
    ...(sort === "oldest" ? { sort } : {}),
    ...(compared.length < 2 ? {} : { compare: compared }),
  };
}

function text(value: unknown): string | undefined {
  // The router reads what looks like a number as one.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.flatMap((each) => text(each) ?? []))] : [];
}

function withoutUndefined<K extends string>(
  values: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<K, string>
  >;
}
