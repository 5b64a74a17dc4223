import { dayKey } from "../../../domain/day.ts";

/**
 * Tells the local days of ISO times; quick where they come in order, because the bounds of the last day are kept as texts,
 * which compare as the times do.
 */
export function createDayFinder(): (iso: string) => string {
  let day = "";
  let start = "";
  let end = "";
  return (iso) => {
    if (iso >= start && iso < end) return day;
    const at = new Date(iso);
    day = dayKey(at);
    start = new Date(at.getFullYear(), at.getMonth(), at.getDate()).toISOString();
    end = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).toISOString();
    return day;
  };
}
