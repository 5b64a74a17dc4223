import { dayKey } from "../../../domain/day.ts";
import type { LibraryItem } from "./library-item.ts";

export type TimeUnit = "day" | "month";

/** A local day or month; instants in ISO, `end` is no more in it. */
export interface TimeSpan {
  /** "2026-11-21", or "2026-11". */
  readonly key: string;
  readonly at: Date;
  readonly start: string;
  readonly end: string;
}

/** The day or month that an ISO instant lies in. */
export function spanOf(instant: string, unit: TimeUnit): TimeSpan {
  const at = new Date(instant);
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  const isDay = unit === "day";
  return {
    key: isDay ? dayKey(at) : dayKey(at).slice(0, 7),
    at,
    start: new Date(year, month, isDay ? day : 1).toISOString(),
    end: (isDay ? new Date(year, month, day + 1) : new Date(year, month + 1, 1)).toISOString(),
  };
}

export function isWithin(instant: string, { start, end }: TimeSpan): boolean {
  // Comparing text spares a date per picture.
  return instant >= start && instant < end;
}

/** Index of the first item from `from` on that is no more in the span; items are in order of time, either way. */
export function endOfSpan(items: readonly LibraryItem[], from: number, span: TimeSpan): number {
  let end = from;
  for (let item = items[end]; item !== undefined && isWithin(item.at, span); item = items[end]) end += 1;
  return end;
}

/** On how many days the items were made. */
export function countDays(items: readonly LibraryItem[]): number {
  let days = 0;
  for (let at = 0, item = items[0]; item !== undefined; item = items[at]) {
    at = endOfSpan(items, at, spanOf(item.at, "day"));
    days += 1;
  }
  return days;
}
