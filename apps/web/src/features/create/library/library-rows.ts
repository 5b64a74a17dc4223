import { dayName } from "../../../domain/day.ts";
import { lastAtOrBefore } from "../../../domain/last-at-or-before.ts";
import { NO_PLACES, placesOf, type RowPlaces } from "../../../domain/row-places.ts";
import { countDays, endOfSpan, isWithin, spanOf, type TimeSpan } from "./group-by-time.ts";
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
}

export interface TileRow {
  readonly kind: "tiles";
  readonly key: string;
  readonly height: number;
  /** Height of the tiles, each `aspect * tileHeight` wide. */
  readonly tileHeight: number;
  readonly items: readonly LibraryItem[];
}

export interface LibraryLayout {
  readonly rows: readonly LibraryRow[];
  /** For each row the place in the library of its first tile; headings have that of the row under them. */
  readonly firsts: readonly number[];
  readonly places: RowPlaces;
}

export type LayoutOptions = JustifyOptions & {
  readonly today: string;
  /** Days that hold few items stand together by month: what a search found does not trickle down the screen. */
  readonly mayJoinDays?: boolean;
};

export type LayOut = (items: readonly LibraryItem[], options: LayoutOptions) => LibraryLayout;

export const NO_ROWS: LibraryLayout = { rows: [], firsts: [], places: NO_PLACES };

const DAY_HEIGHT = 36;
/** Items per day below which days are joined, if they may be. */
const FEW_PER_DAY = 5;
const monthName = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

interface Block {
  readonly members: readonly LibraryItem[];
  readonly rows: readonly LibraryRow[];
}

/**
 * Lays the library out by local day. Remembers each day: one in which nothing changed costs a comparison of its items,
 * wherever it now stands, and its rows keep their identity. The same items in the same window cost nothing.
 */
export function createLibraryLayout(): LayOut {
  let blocks = new Map<string, Block>();
  let last: { readonly items: readonly LibraryItem[]; readonly options: LayoutOptions } | undefined;
  let laidOut = NO_ROWS;

  return (items, options) => {
    // Nothing is known of the window yet; what is remembered holds for the one that comes.
    if (options.width <= 0) return NO_ROWS;
    const isSameWindow = last !== undefined && isSame(last.options, options);
    if (isSameWindow && last?.items === items) return laidOut;
    if (!isSameWindow) blocks = new Map();
    last = { items, options };
    const kept = new Map<string, Block>();
    const rows: LibraryRow[] = [];
    const firsts: number[] = [];
    const starts: number[] = [];
    let height = 0;
    const now = new Date(`${options.today}T12:00:00`);
    const unit = options.mayJoinDays === true && isSparse(items) ? "month" : "day";
    for (let from = 0, item = items[0]; item !== undefined; item = items[from]) {
      const span = spanOf(item.at, unit);
      const known = blocks.get(span.key);
      const name = unit === "month" ? monthName.format(span.at) : dayName(span.at, now);
      const block =
        known !== undefined && isStill(known.members, { items, from, span })
          ? known
          : layOut(
              { key: span.key, name, members: items.slice(from, endOfSpan(items, from, span)) },
              options,
            );
      kept.set(span.key, block);
      let first = from;
      for (const row of block.rows) {
        rows.push(row);
        firsts.push(first);
        starts.push(height);
        height += row.height;
        if (row.kind === "tiles") first += row.items.length;
      }
      from += block.members.length;
    }
    blocks = kept;
    laidOut = { rows, firsts, places: placesOf(starts, height) };
    return laidOut;
  };
}

/** Place among the rows of the one that holds the tile `index` of the library; -1 when none does. */
export function rowOfTile({ rows, firsts }: LibraryLayout, index: number): number {
  // Headings begin where the row under them does, and stand before it.
  const at = lastAtOrBefore(firsts, index);
  const row = rows[at];
  const first = firsts[at] ?? 0;
  return row?.kind === "tiles" && index >= first && index < first + row.items.length ? at : -1;
}

interface Members {
  readonly key: string;
  readonly name: string;
  readonly members: readonly LibraryItem[];
}

function layOut({ key, name, members }: Members, options: LayoutOptions): Block {
  const rows: LibraryRow[] = [{ kind: "day", key, height: DAY_HEIGHT, name, members }];
  for (const { from, to, height } of justifiedRows(members, options)) {
    rows.push({
      kind: "tiles",
      key: `${key}/${members[from]?.key ?? ""}`,
      height: height + options.gap,
      tileHeight: height,
      items: members.slice(from, to),
    });
  }
  return { members, rows };
}

/** Whether these are the very items of the span, which begins at `from`. */
function isStill(
  members: readonly LibraryItem[],
  place: { readonly items: readonly LibraryItem[]; readonly from: number; readonly span: TimeSpan },
): boolean {
  const { items, from, span } = place;
  for (let index = 0; index < members.length; index += 1) {
    if (members[index] !== items[from + index]) return false;
  }
  const next = items[from + members.length];
  return next === undefined || !isWithin(next.at, span);
}

function isSparse(items: readonly LibraryItem[]): boolean {
  const days = countDays(items);
  return days > 3 && items.length < days * FEW_PER_DAY;
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
