import { ACTIVE_JOB_STATUSES, type AnyRecord, type CollectionName } from "@safelight/shared";

/** Whether it is a job that its provider may still be paid for: its record is all that knows of the run. */
export function isAtWork(collection: CollectionName, record: AnyRecord): boolean {
  if (collection !== "jobs") return false;
  const { status } = record;
  return [...ACTIVE_JOB_STATUSES].some((active) => active === status);
}
