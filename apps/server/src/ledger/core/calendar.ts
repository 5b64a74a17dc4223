/** Says which day a moment belongs to, in one time zone. */
export interface Calendar {
  readonly timeZone: string;
  /** `2026-01-31`. @param atMs Epoch ms. */
  dayOf(atMs: number): string;
}

/** Every time zone's offset is a multiple of this. */
const QUARTER_MS = 15 * 60 * 1000;

/** A calendar of a time zone by its IANA name; of UTC when there is no such zone. */
export function createCalendar(timeZone = "UTC"): Calendar {
  const format = formatOf(timeZone) ?? formatOf("UTC");
  const days = new Map<number, string>();
  return {
    timeZone: format?.resolvedOptions().timeZone ?? "UTC",
    dayOf(atMs) {
      const quarter = Math.floor(atMs / QUARTER_MS);
      const known = days.get(quarter);
      if (known !== undefined) return known;
      const day = format?.format(quarter * QUARTER_MS) ?? "";
      days.set(quarter, day);
      return day;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    // Swedish dates are ISO dates.
    return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  } catch {
    // Not a zone of this machine: the caller says what stands in.
    return undefined;
  }
}
