import type { Job } from "@safelight/shared";

/**
 * What the jobs of one local day ("2026-11-21") cost, in US dollars. `jobs` are newest first: only those of that day and
 * later are looked at.
 */
export function chargedOn(jobs: readonly Pick<Job, "createdAt" | "charge">[], day: string): number {
  const midnight = new Date(`${day}T00:00:00`);
  const start = midnight.toISOString();
  const end = new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() + 1).toISOString();
  let usd = 0;
  for (const job of jobs) {
    // Comparing text spares a date per job.
    if (job.createdAt < start) break;
    if (job.createdAt < end) usd += job.charge.usd ?? 0;
  }
  return usd;
}
