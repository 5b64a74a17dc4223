import { createHash } from "node:crypto";
import type { Job } from "@safelight/shared";
import { v7 as uuidv7 } from "uuid";

type Origin = Pick<Job, "id" | "createdAt">;

/**
 * The id of a job's result `index`: the same whenever it is asked for, so that a crash between two steps cannot
 * record a result twice; sorts by the job's time, then by the index.
 */
export function contentIdOf(job: Origin, index: number): string {
  return `content-${resultUuid(job, index)}`;
}

/** The same for a model that a training made. */
export function modelIdOf(job: Origin, index: number): string {
  return `model-${resultUuid(job, index)}`;
}

function resultUuid(job: Origin, index: number): string {
  const random = createHash("sha256").update(`${job.id}#${index}`).digest().subarray(0, 16);
  const msecs = Date.parse(job.createdAt);
  return uuidv7({ random, msecs: Number.isFinite(msecs) ? msecs : 0, seq: index });
}
