import type { Job } from "@safelight/shared";

/** What the jobs that were asked for from `start` (included) to `end` (not) cost, in US dollars; in any order. */
export function chargedBetween(
  jobs: readonly Pick<Job, "createdAt" | "charge">[],
  start: Date,
  end: Date,
): number {
  // Comparing text spares a date per job.
  const [from, to] = [start.toISOString(), end.toISOString()];
  let usd = 0;
  for (const { createdAt, charge } of jobs) if (createdAt >= from && createdAt < to) usd += charge.usd ?? 0;
  return usd;
}
