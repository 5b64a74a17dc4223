import { type LibraryRow, rowOfTile, type TileRow } from "../library/library-rows.ts";

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
  rows: readonly LibraryRow[],
  index: number,
  { key, pageHeight, gap }: { readonly key: MoveKey; readonly pageHeight: number; readonly gap: number },
): number {
  const last = lastIndex(rows);
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
      return inRowsAway(rows, index, { step: -1, height: 0, gap });
    case "ArrowDown":
      return inRowsAway(rows, index, { step: 1, height: 0, gap });
    case "PageUp":
      return inRowsAway(rows, index, { step: -1, height: pageHeight, gap });
    case "PageDown":
      return inRowsAway(rows, index, { step: 1, height: pageHeight, gap });
  }
}

function inRowsAway(
  rows: readonly LibraryRow[],
  index: number,
  { step, height, gap }: { readonly step: 1 | -1; readonly height: number; readonly gap: number },
): number {
  const from = rowOfTile(rows, index);
  const start = rows[from];
  if (start?.kind !== "tiles") return index;
  let target: TileRow | undefined;
  let passed = 0;
  for (let at = from + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row === undefined) break;
    passed += row.height;
    if (row.kind === "tiles") {
      if (target !== undefined && passed > height) break;
      target = row;
      if (passed >= height) break;
    }
  }
  if (target === undefined) return index;
  return nearestTile(target, middleOf(start, index, gap), gap);
}

function middleOf(row: TileRow, index: number, gap: number): number {
  let left = 0;
  for (const [at, { aspect }] of row.items.entries()) {
    const width = aspect * row.tileHeight;
    if (row.first + at === index) return left + width / 2;
    left += width + gap;
  }
  return left;
}

function nearestTile(row: TileRow, x: number, gap: number): number {
  let nearest = row.first;
  let distance = Infinity;
  let left = 0;
  for (const [at, { aspect }] of row.items.entries()) {
    const width = aspect * row.tileHeight;
    const away = Math.abs(left + width / 2 - x);
    if (away < distance) {
      distance = away;
      nearest = row.first + at;
    }
    left += width + gap;
  }
  return nearest;
}

function lastIndex(rows: readonly LibraryRow[]): number {
  const last = rows.at(-1);
  return last?.kind === "tiles" ? last.first + last.items.length - 1 : -1;
}
