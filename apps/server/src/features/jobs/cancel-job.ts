import { ACTIVE_JOB_STATUSES, type AnyRecord } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { changeRecord } from "../../records/change-record.ts";

/** Asks for a job to be cancelled; one that is over stays as it is. Rejects with a 404 problem when there is none. */
export async function cancelJob(store: Pick<Store, "get" | "commit">, id: string): Promise<AnyRecord> {
  const job = store.get("jobs", id);
  if (job === undefined) throw new ProblemError(404, "record.missing", `jobs have no record "${id}".`);
  if (!ACTIVE_JOB_STATUSES.has(job.status) || job.cancelRequested === true) return job;
  return changeRecord(store, { collection: "jobs", id, op: "update", set: { cancelRequested: true } });
}
