const thisYear = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const otherYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** The local calendar day of an instant, as "2026-11-21". */
export function dayKey(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The last `count` local days, that of `now` included, oldest first. */
export function lastDays(now: Date, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - index))),
  );
}

/** How a day is called, seen from `now`: "Today", "Yesterday", "Tuesday 17 November", "3 May 2025". */
export function dayName(at: Date, now: Date): string {
  const key = dayKey(at);
  if (key === dayKey(now)) return "Today";
  if (key === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return "Yesterday";
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at);
}

/** ISO instant at which a local day ("2026-11-21") begins, `later` days on; `undefined` for what is no day. */
export function startOfDay(day: string, later: number): string | undefined {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + later).toISOString();
}
