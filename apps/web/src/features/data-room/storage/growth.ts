import { dayKey, lastDays } from "../../../domain/day.ts";

interface Arrival {
  readonly createdAt: string;
  readonly blob?: { readonly sha256: string; readonly sizeBytes: number };
}

export interface DayOfGrowth {
  /** Local day, "2026-11-21". */
  readonly day: string;
  readonly addedBytes: number;
}

/** Bytes of files that came on each of the last `days` days, today last. A file that many records name counts once. */
export function growthByDay(arrivals: Iterable<Arrival>, now: Date, days: number): readonly DayOfGrowth[] {
  const added = new Map(lastDays(now, days).map((day) => [day, 0]));
  const seen = new Set<string>();
  for (const { createdAt, blob } of arrivals) {
    if (blob === undefined || seen.has(blob.sha256)) continue;
    seen.add(blob.sha256);
    const day = dayKey(new Date(createdAt));
    const before = added.get(day);
    if (before !== undefined) added.set(day, before + blob.sizeBytes);
  }
  return [...added].map(([day, addedBytes]) => ({ day, addedBytes }));
}
