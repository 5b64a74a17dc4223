/** What is selected in the library, by ids of contents. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** What was selected before the range that is being drawn; ranges take the place of one another. */
  readonly base: ReadonlySet<string>;
  /** Where a range begins: the last one that was selected by itself. */
  readonly anchor: string | undefined;
  /** What was selected before the rubber band that is being drawn. */
  readonly before?: Selection;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), base: new Set(), anchor: undefined };

export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, base: next, anchor: id };
}

/** Everything between the anchor and `id`, in the order shown, beside what was selected before. */
export function extendedTo(selection: Selection, id: string, shown: readonly string[]): Selection {
  const end = shown.indexOf(id);
  if (end === -1) return selection;
  const anchored = selection.anchor === undefined ? -1 : shown.indexOf(selection.anchor);
  const start = anchored === -1 ? end : anchored;
  const range = shown.slice(Math.min(start, end), Math.max(start, end) + 1);
  return { ids: new Set([...selection.base, ...range]), base: selection.base, anchor: shown[start] };
}

export function allOf(shown: readonly string[], { anchor }: Selection): Selection {
  const ids = new Set(shown);
  return { ids, base: ids, anchor };
}

/** These and no others; the next range begins at the last of them. */
export function onlyThese(given: Iterable<string>): Selection {
  const ids = new Set(given);
  return { ids, base: ids, anchor: [...ids].at(-1) };
}

/** A rubber band begins: `keeps` what is selected beside it, or takes its place. */
export function bandBegun(selection: Selection, keeps: boolean): Selection {
  const { ids, anchor } = keeps ? selection : NOTHING_SELECTED;
  return { ids, base: ids, anchor, before: selection.before ?? selection };
}

/** What a rubber band holds while it is drawn, beside the base. */
export function withBand(selection: Selection, held: Iterable<string>): Selection {
  return { ...selection, ids: new Set([...selection.base, ...held]) };
}

/** Makes what the band holds the base of the next range, which begins at `anchor`. */
export function bandEnded({ ids }: Selection, anchor: string | undefined): Selection {
  return { ids, base: ids, anchor };
}

/** What was selected before the band, which was given up. */
export function bandLeft(selection: Selection): Selection {
  return selection.before ?? selection;
}
