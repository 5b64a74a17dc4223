import { dayKey } from "../../../domain/day.ts";
import type { LibraryItem } from "./library-item.ts";

/** The items of one local day or month, from `from` (included) to `to` (not) of the list. */
export interface TimeGroup {
  /** "2026-11-21", or "2026-11". */
  readonly key: string;
  readonly at: Date;
  readonly from: number;
  readonly to: number;
}

/** Groups items that are in order of time, either way, by local day or month. */
export function groupByTime(items: readonly LibraryItem[], unit: "day" | "month"): readonly TimeGroup[] {
  const groups: TimeGroup[] = [];
  let from = 0;
  let bounds: Bounds | undefined;
  for (const [index, { at }] of items.entries()) {
    // Comparing text spares a date per picture.
    if (bounds !== undefined && at >= bounds.start && at < bounds.end) continue;
    if (bounds !== undefined) groups.push({ key: bounds.key, at: bounds.at, from, to: index });
    from = index;
    bounds = boundsOf(new Date(at), unit);
  }
  if (bounds !== undefined) groups.push({ key: bounds.key, at: bounds.at, from, to: items.length });
  return groups;
}

interface Bounds {
  readonly key: string;
  readonly at: Date;
  readonly start: string;
  readonly end: string;
}

function boundsOf(at: Date, unit: "day" | "month"): Bounds {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  const isDay = unit === "day";
  return {
    key: isDay ? dayKey(at) : dayKey(at).slice(0, 7),
    at,
    start: new Date(year, month, isDay ? day : 1).toISOString(),
    end: (isDay ? new Date(year, month, day + 1) : new Date(year, month + 1, 1)).toISOString(),
  };
}
