import type { LibraryLayout } from "../library/library-rows.ts";

/** A rectangle in CSS pixels from the top left of the library. */
export interface Band {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** For each row where it begins, in CSS pixels from the top of the library. */
export function topsOfRows({ rows }: LibraryLayout): Float64Array {
  const tops = new Float64Array(rows.length);
  let top = 0;
  for (const [index, { height }] of rows.entries()) {
    tops[index] = top;
    top += height;
  }
  return tops;
}

/** Places in the library of the tiles that the band touches, in the order shown. */
export function tilesInBand(
  { rows, firsts }: LibraryLayout,
  band: Band,
  { tops, gap }: { readonly tops: Float64Array; readonly gap: number },
): readonly number[] {
  const touched: number[] = [];
  for (let at = rowAt(tops, band.top); at < rows.length; at += 1) {
    const row = rows[at];
    const top = tops[at] ?? Infinity;
    if (row === undefined || top >= band.bottom) break;
    if (row.kind !== "tiles" || top + row.tileHeight <= band.top) continue;
    let left = 0;
    for (const [place, { aspect }] of row.items.entries()) {
      const right = left + aspect * row.tileHeight;
      if (left < band.right && right > band.left) touched.push((firsts[at] ?? 0) + place);
      left = right + gap;
    }
  }
  return touched;
}

/** The last row that begins at or above `y`. */
function rowAt(tops: Float64Array, y: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((tops[middle] ?? Infinity) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
