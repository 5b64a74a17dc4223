import type { Job } from "@safelight/shared";

interface ChargedOptions {
  /** The jobs are newest first: none that is older than `start` is looked at, but for the first of them. */
  readonly isNewestFirst?: boolean;
}

/** What the jobs that were asked for from `start` (included) to `end` (not) cost, in US dollars; in any order. */
export function chargedBetween(
  jobs: readonly Pick<Job, "createdAt" | "charge">[],
  start: Date,
  end: Date,
  { isNewestFirst = false }: ChargedOptions = {},
): number {
  // Comparing text spares a date per job.
  const [from, to] = [start.toISOString(), end.toISOString()];
  let usd = 0;
  for (const job of jobs) {
    if (job.createdAt >= from) {
      if (job.createdAt < to) usd += job.charge.usd ?? 0;
    } else if (isNewestFirst) break;
  }
  return usd;
}
