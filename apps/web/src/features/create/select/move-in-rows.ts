import { type LibraryLayout, rowOfTile, type TileRow } from "../library/library-rows.ts";

/** Keys that move within the library. */
export type MoveKey =
  | "ArrowLeft"
  | "ArrowRight"
  | "ArrowUp"
  | "ArrowDown"
  | "Home"
  | "End"
  | "PageUp"
  | "PageDown";

const MOVE_KEYS: ReadonlySet<string> = new Set<MoveKey>([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

export function isMoveKey(key: string): key is MoveKey {
  return MOVE_KEYS.has(key);
}

/** Where a key leads from the tile `index`: to a neighbour, or to the tile of another row that stands nearest. */
export function moveInRows(
  layout: LibraryLayout,
  index: number,
  { key, pageHeight, gap }: { readonly key: MoveKey; readonly pageHeight: number; readonly gap: number },
): number {
  const last = lastIndex(layout);
  if (last < 0) return index;
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return last;
    case "ArrowLeft":
      return Math.max(0, index - 1);
    case "ArrowRight":
      return Math.min(last, index + 1);
    case "ArrowUp":
      return inRowsAway(layout, index, { step: -1, height: 0, gap });
    case "ArrowDown":
      return inRowsAway(layout, index, { step: 1, height: 0, gap });
    case "PageUp":
      return inRowsAway(layout, index, { step: -1, height: pageHeight, gap });
    case "PageDown":
      return inRowsAway(layout, index, { step: 1, height: pageHeight, gap });
  }
}

function inRowsAway(
  layout: LibraryLayout,
  index: number,
  { step, height, gap }: { readonly step: 1 | -1; readonly height: number; readonly gap: number },
): number {
  const { rows, firsts } = layout;
  const from = rowOfTile(layout, index);
  const start = rows[from];
  if (start?.kind !== "tiles") return index;
  let target = -1;
  let passed = 0;
  for (let at = from + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row === undefined) break;
    passed += row.height;
    if (row.kind === "tiles") {
      if (target !== -1 && passed > height) break;
      target = at;
      if (passed >= height) break;
    }
  }
  const row = rows[target];
  if (row?.kind !== "tiles") return index;
  return (firsts[target] ?? 0) + nearestTile(row, middleOf(start, index - (firsts[from] ?? 0), gap), gap);
}

function middleOf(row: TileRow, tile: number, gap: number): number {
  let left = 0;
  for (const [at, { aspect }] of row.items.entries()) {
    const width = aspect * row.tileHeight;
    if (at === tile) return left + width / 2;
    left += width + gap;
  }
  return left;
}

/** Which tile of the row stands nearest to `x`. */
function nearestTile(row: TileRow, x: number, gap: number): number {
  let nearest = 0;
  let distance = Infinity;
  let left = 0;
  for (const [at, { aspect }] of row.items.entries()) {
    const width = aspect * row.tileHeight;
    const away = Math.abs(left + width / 2 - x);
    if (away < distance) {
      distance = away;
      nearest = at;
    }
    left += width + gap;
  }
  return nearest;
}

function lastIndex({ rows, firsts }: LibraryLayout): number {
  const last = rows.at(-1);
  return last?.kind === "tiles" ? (firsts.at(-1) ?? 0) + last.items.length - 1 : -1;
}
