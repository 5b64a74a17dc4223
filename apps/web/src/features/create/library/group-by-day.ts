import { dayKey } from "../../../domain/day.ts";
import type { LibraryItem } from "./library-item.ts";

/** The items of one local day, from `from` (included) to `to` (not) of the list. */
export interface DayGroup {
  readonly day: string;
  readonly at: Date;
  readonly from: number;
  readonly to: number;
}

/** Groups items that are in order of time, either way, by local day. */
export function groupByDay(items: readonly LibraryItem[]): readonly DayGroup[] {
  const groups: DayGroup[] = [];
  let from = 0;
  let bounds: DayBounds | undefined;
  for (const [index, { at }] of items.entries()) {
    // Comparing text spares a date per picture.
    if (bounds !== undefined && at >= bounds.start && at < bounds.end) continue;
    if (bounds !== undefined) groups.push({ day: bounds.day, at: bounds.at, from, to: index });
    from = index;
    bounds = boundsOf(new Date(at));
  }
  if (bounds !== undefined) groups.push({ day: bounds.day, at: bounds.at, from, to: items.length });
  return groups;
}

interface DayBounds {
  readonly day: string;
  readonly at: Date;
  readonly start: string;
  readonly end: string;
}

function boundsOf(at: Date): DayBounds {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  return {
    day: dayKey(at),
    at,
    start: new Date(year, month, day).toISOString(),
    end: new Date(year, month, day + 1).toISOString(),
  };
}
