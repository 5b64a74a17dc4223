import { lastAtOrBefore } from "./last-at-or-before.ts";

/** Where rows of known heights stand, one under another; in CSS pixels. */
export interface RowPlaces {
  readonly count: number;
  /** Of all of them together. */
  readonly height: number;
  /** Where the row begins; for `count`, where the last one ends. */
  readonly startOf: (index: number) => number;
  /** The row that covers an offset; the first or last one outside of them, -1 when there are none. */
  readonly rowAt: (offset: number) => number;
}

export const NO_PLACES: RowPlaces = evenPlaces(0, 1);

/** Places of rows that are all equally high. */
export function evenPlaces(count: number, rowHeight: number): RowPlaces {
  return {
    count,
    height: count * rowHeight,
    startOf: (index) => index * rowHeight,
    rowAt: (offset) => Math.min(count - 1, Math.max(0, Math.floor(offset / rowHeight))),
  };
}

/** Places of rows by where each of them begins, ascending; `height` is where the last one ends. */
export function placesOf(starts: readonly number[], height: number): RowPlaces {
  return {
    count: starts.length,
    height,
    startOf: (index) => starts[index] ?? height,
    rowAt: (offset) => lastAtOrBefore(starts, offset),
  };
}

/** Of a window that shows `height` pixels from `offset` on, the rows in sight with `beside` more on either side, both included. */
export function rowsInSight(
  places: RowPlaces,
  window: { readonly offset: number; readonly height: number },
  beside: number,
): { readonly first: number; readonly last: number } {
  const { count, rowAt } = places;
  return {
    first: Math.max(0, rowAt(window.offset) - beside),
    last: Math.min(count - 1, rowAt(window.offset + window.height) + beside),
  };
}
