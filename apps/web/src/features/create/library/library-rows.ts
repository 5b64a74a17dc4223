import { dayName } from "../../../domain/day.ts";
import { groupByTime } from "./group-by-time.ts";
import { justifiedRows, type JustifyOptions } from "./justified-rows.ts";
import type { LibraryItem } from "./library-item.ts";

/** A line of the library: a day's heading, or a row of its tiles. `height` in CSS pixels, gaps included. */
export type LibraryRow = DayRow | TileRow;

export interface DayRow {
  readonly kind: "day";
  readonly key: string;
  readonly height: number;
  readonly name: string;
  readonly members: readonly LibraryItem[];
  /** Place of the day's first tile in the whole library. */
  readonly first: number;
}

export interface TileRow {
  readonly kind: "tiles";
  readonly key: string;
  readonly height: number;
  /** Height of the tiles, each `aspect * tileHeight` wide. */
  readonly tileHeight: number;
  readonly items: readonly LibraryItem[];
  /** Place of the first tile in the whole library. */
  readonly first: number;
}

export type LayoutOptions = JustifyOptions & {
  readonly today: string;
  /** Days that hold few items stand together by month: what a search found does not trickle down the screen. */
  readonly mayJoinDays?: boolean;
};

const DAY_HEIGHT = 36;
/** Items per day below which days are joined, if they may be. */
const FEW_PER_DAY = 5;
const monthName = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

interface DayBlock {
  readonly members: readonly LibraryItem[];
  readonly first: number;
  readonly rows: readonly LibraryRow[];
}

/**
 * Lays the library out by local day. Remembers each day: one in which nothing changed costs a comparison of its items,
 * and its rows keep their identity.
 */
export function createLibraryLayout(): (
  items: readonly LibraryItem[],
  options: LayoutOptions,
) => readonly LibraryRow[] {
  let blocks = new Map<string, DayBlock>();
  let used: LayoutOptions | undefined;

  return (items, options) => {
    if (used === undefined || !isSame(used, options)) blocks = new Map();
    used = options;
    const kept = new Map<string, DayBlock>();
    const rows: LibraryRow[] = [];
    const now = new Date(`${options.today}T12:00:00`);
    const days = groupByTime(items, "day");
    const isSparse =
      options.mayJoinDays === true && days.length > 3 && items.length < days.length * FEW_PER_DAY;
    for (const { key, at, from, to } of isSparse ? groupByTime(items, "month") : days) {
      const known = blocks.get(key);
      const block =
        known?.first === from && holds(known.members, items, from, to)
          ? known
          : layDayOut(
              {
                key,
                name: isSparse ? monthName.format(at) : dayName(at, now),
                members: items.slice(from, to),
                first: from,
              },
              options,
            );
      kept.set(key, block);
      for (const row of block.rows) rows.push(row);
    }
    blocks = kept;
    return rows;
  };
}

function layDayOut(
  day: {
    readonly key: string;
    readonly name: string;
    readonly members: readonly LibraryItem[];
    readonly first: number;
  },
  options: LayoutOptions,
): DayBlock {
  const { members, first } = day;
  const rows: LibraryRow[] = [
    { kind: "day", key: day.key, height: DAY_HEIGHT, name: day.name, members, first },
  ];
  for (const { from, to, height } of justifiedRows(members, options)) {
    rows.push({
      kind: "tiles",
      key: `${day.key}/${members[from]?.key ?? ""}`,
      height: height + options.gap,
      tileHeight: height,
      items: members.slice(from, to),
      first: first + from,
    });
  }
  return { members, first, rows };
}

function holds(
  members: readonly LibraryItem[],
  items: readonly LibraryItem[],
  from: number,
  to: number,
): boolean {
  if (members.length !== to - from) return false;
  for (let index = 0; index < members.length; index += 1) {
    if (members[index] !== items[from + index]) return false;
  }
  return true;
}

function isSame(left: LayoutOptions, right: LayoutOptions): boolean {
  return (
    left.width === right.width &&
    left.gap === right.gap &&
    left.targetHeight === right.targetHeight &&
    left.today === right.today &&
    left.mayJoinDays === right.mayJoinDays
  );
}

/** Place among the rows of the one that holds the tile `index` of the library; -1 when none does. */
export function rowOfTile(rows: readonly LibraryRow[], index: number): number {
  let low = 0;
  let high = rows.length - 1;
  // The last row that begins at or before the tile: headings begin where the row under them does.
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((rows[middle]?.first ?? Infinity) <= index) low = middle;
    else high = middle - 1;
  }
  const row = rows[low];
  return row?.kind === "tiles" && index >= row.first && index < row.first + row.items.length ? low : -1;
}
