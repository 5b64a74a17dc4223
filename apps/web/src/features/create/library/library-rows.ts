import { dayKey, dayName } from "../../../domain/day.ts";
import { type JustifiedRow, justifiedRows, type JustifyOptions } from "./justified-rows.ts";
import type { LibraryItem } from "./library-items.ts";

/** A line of the library: a day's heading, or a row of its tiles. `height` in CSS pixels, gaps included. */
export type LibraryRow =
  | {
      readonly kind: "day";
      readonly key: string;
      readonly height: number;
      readonly name: string;
      readonly pictures: number;
      /** Places that are still open. */
      readonly pending: number;
    }
  | {
      readonly kind: "tiles";
      readonly key: string;
      readonly height: number;
      readonly row: JustifiedRow<LibraryItem>;
    };

const DAY_HEIGHT = 36;

/** Groups items, which are in order, by local day and lays each day out. `today` as "2026-11-21". */
export function libraryRows(
  items: readonly LibraryItem[],
  options: JustifyOptions & { readonly today: string },
): readonly LibraryRow[] {
  const rows: LibraryRow[] = [];
  const now = new Date(`${options.today}T12:00:00`);
  for (const { day, at, members } of groupByDay(items)) {
    rows.push({
      kind: "day",
      key: day,
      height: DAY_HEIGHT,
      name: dayName(at, now),
      pictures: members.filter(({ kind }) => kind === "picture").length,
      pending: members.filter(({ kind }) => kind === "pending").length,
    });
    for (const row of justifiedRows(members, options)) {
      const first = row.tiles[0]?.item.key ?? "";
      rows.push({ kind: "tiles", key: `${day}/${first}`, height: row.height + options.gap, row });
    }
  }
  return rows;
}

function groupByDay(
  items: readonly LibraryItem[],
): readonly { readonly day: string; readonly at: Date; readonly members: LibraryItem[] }[] {
  const days: { day: string; at: Date; members: LibraryItem[] }[] = [];
  let lastAt = "";
  for (const item of items) {
    const current = days.at(-1);
    // Most neighbours share their instant to the hour: spares a date per picture.
    if (current !== undefined && item.at.slice(0, 13) === lastAt.slice(0, 13)) {
      current.members.push(item);
      continue;
    }
    lastAt = item.at;
    const at = new Date(item.at);
    const day = dayKey(at);
    if (current?.day === day) current.members.push(item);
    else days.push({ day, at, members: [item] });
  }
  return days;
}
