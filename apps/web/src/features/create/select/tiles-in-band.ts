import type { LibraryLayout } from "../library/library-rows.ts";

/** A rectangle in CSS pixels from the top left of the library. */
export interface Band {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Places in the library of the tiles that the band touches, in the order shown. */
export function tilesInBand(
  { rows, firsts, places }: LibraryLayout,
  band: Band,
  gap: number,
): readonly number[] {
  const touched: number[] = [];
  for (let at = Math.max(0, places.rowAt(band.top)); at < rows.length; at += 1) {
    const row = rows[at];
    const top = places.startOf(at);
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
