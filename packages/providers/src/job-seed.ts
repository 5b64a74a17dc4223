import { createHash } from "node:crypto";

/**
 * A seed of its own for each job: 31 bits that every provider takes. What is sent names the job by it, so that a run
 * whose answer was lost is known again by its input.
 */
export function jobSeed(jobId: string): number {
  return createHash("sha256").update(jobId).digest().readUInt32BE(0) >>> 1;
}
