import {
  ACTIVE_JOB_STATUSES,
  type AnyRecord,
  definitionOf,
  type JobStatus,
  type Json,
  policyOf,
} from "@safelight/shared";
import type { SkipCode } from "../../history.ts";

/** How far a job may go back. */
export interface RestorableJob {
  readonly record: AnyRecord | undefined;
  /** It must not be touched at all. */
  readonly isLeftAlone: boolean;
  readonly skipped: { readonly code: SkipCode; readonly message: string } | undefined;
}

const ACTIVE: ReadonlySet<string> = new Set<JobStatus>(ACTIVE_JOB_STATUSES);
const SERVER_FIELDS: readonly string[] = Object.entries(definitionOf("jobs").schema.properties)
  .filter(([, schema]) => policyOf(schema) === "server")
  .map(([name]) => name);
/** What was paid, and the number that people know a job by, hold whatever becomes of the record. */
const LASTING_FIELDS = ["charge", "number"];

/**
 * A job's fields say what happened at a provider, and going back undoes nothing there: one at work is left alone, one that
 * has ended stays ended, and one that comes back from a purge does not start again, for that would be paid for twice.
 */
export function restorableJob(target: AnyRecord | undefined, current: AnyRecord | undefined): RestorableJob {
  if (current !== undefined && isActive(current)) {
    const message = "The job is at work; it was left as it is.";
    return { record: target, isLeftAlone: true, skipped: { code: "job.active", message } };
  }
  if (target === undefined) return { record: undefined, isLeftAlone: false, skipped: undefined };
  if (current === undefined) {
    if (!isActive(target)) return { record: target, isLeftAlone: false, skipped: undefined };
    const message = "The job was at work then; it came back without being started again.";
    const error = { code: "job.unknown", message };
    const record = { ...target, status: "unknown", error } as AnyRecord;
    return { record, isLeftAlone: false, skipped: { code: "job.unknown", message } };
  }
  if (!isActive(target)) {
    return { record: keeping(target, current, LASTING_FIELDS), isLeftAlone: false, skipped: undefined };
  }
  const message = "The job has ended since; what its provider did stays.";
  return {
    record: keeping(target, current, SERVER_FIELDS),
    isLeftAlone: false,
    skipped: { code: "job.finished", message },
  };
}

function isActive({ status }: AnyRecord): boolean {
  return typeof status === "string" && ACTIVE.has(status);
}

/** The target with some fields as they are now. */
function keeping(target: AnyRecord, current: AnyRecord, names: readonly string[]): AnyRecord {
  const kept: Record<string, Json> = { ...target };
  for (const name of names) {
    const value = current[name];
    if (value === undefined) delete kept[name];
    else kept[name] = value;
  }
  return kept as AnyRecord;
}
