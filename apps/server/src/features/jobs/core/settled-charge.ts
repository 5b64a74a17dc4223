import type { Charge, Job } from "@safelight/shared";

/**
 * What a run that is over has cost: what the provider tells; else what was estimated, said as such; else unknown. A run
 * that cost nothing says so.
 */
export function settledCharge(told: Charge, { estimate }: Pick<Job, "estimate">): Charge {
  if (told.state !== "unknown" || told.usd !== undefined) return told;
  return estimate?.usd === undefined ? told : { state: "estimated", usd: estimate.usd };
}
