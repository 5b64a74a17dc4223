import {
  type AnyRecord,
  BASE_FIELD_NAMES,
  type CollectionName,
  type Json,
  jsonEqual,
  type JsonObject,
} from "@safelight/shared";
import type { SkippedRecord } from "../../history.ts";
import type { PlannedMutation } from "../../store.ts";
import { restorableJob } from "./restorable-job.ts";

/** The state that a record is to have; `record` is `undefined` where it is not to be there. */
export interface RestoreTarget {
  readonly collection: CollectionName;
  readonly id: string;
  readonly record: AnyRecord | undefined;
}

export interface RestorePlan {
  /** For the server: its own fields are among what is set. */
  readonly steps: readonly PlannedMutation[];
  /** What cannot be brought back, or not wholly. */
  readonly skipped: SkippedRecord | undefined;
}

/**
 * Steps from a record's present state to an earlier one. One that was not there goes to the trash, for nothing is purged by
 * going back; one that was purged since is created anew. Times of the trash start anew, so that nothing is purged at once.
 */
export function planRestore(target: RestoreTarget, current: AnyRecord | undefined): RestorePlan {
  const { collection, id } = target;
  if (collection !== "jobs") return { steps: stepsTo(target, current), skipped: undefined };
  const job = restorableJob(target.record, current);
  const skipped = job.skipped === undefined ? undefined : { collection, id, ...job.skipped };
  if (job.isLeftAlone) return { steps: [], skipped };
  return { steps: stepsTo({ ...target, record: job.record }, current), skipped };
}

function stepsTo(
  { collection, id, record }: RestoreTarget,
  current: AnyRecord | undefined,
): readonly PlannedMutation[] {
  const trash: PlannedMutation = { op: "delete", collection, id };
  if (record === undefined) return current === undefined || isTrashed(current) ? [] : [trash];
  if (current === undefined) {
    const set = { ...fieldsOf(record), createdAt: record.createdAt };
    const create: PlannedMutation = { op: "create", collection, id, set };
    return isTrashed(record) ? [create, trash] : [create];
  }
  const steps: PlannedMutation[] = [];
  if (isTrashed(current) && !isTrashed(record)) steps.push({ op: "restore", collection, id });
  const set = differences(record, current);
  if (Object.keys(set).length > 0) steps.push({ op: "update", collection, id, set });
  if (!isTrashed(current) && isTrashed(record)) steps.push(trash);
  return steps;
}

function isTrashed(record: AnyRecord): boolean {
  return record.deletedAt !== undefined;
}

function fieldsOf(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !BASE_FIELD_NAMES.has(name)));
}

/** What to set for `current` to hold the fields of `record`; `null` for one that it lacks. */
function differences(record: AnyRecord, current: AnyRecord): JsonObject {
  const set: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fieldsOf(record))) {
    if (!jsonEqual(value, current[name])) set[name] = value;
  }
  for (const name of Object.keys(fieldsOf(current))) if (!Object.hasOwn(record, name)) set[name] = null;
  return set;
}
