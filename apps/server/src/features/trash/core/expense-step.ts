import type { Job, JsonObject } from "@safelight/shared";
import type { PlannedMutation, PlannedPurge, StagedView } from "@safelight/store";

/** Keeps in the books what a job cost that is purged in the same commit; `undefined` when it cost nothing. */
export function expenseStep(
  staged: StagedView,
  { collection, id }: PlannedPurge,
): PlannedMutation | undefined {
  const job = collection === "jobs" ? staged.get("jobs", id) : undefined;
  if (job === undefined || job.charge.state === "none") return undefined;
  return { op: "create", collection: "expenses", id: expenseIdOf(id), set: expenseOf(job) };
}

function expenseOf(job: Job): JsonObject {
  const { id, number, provider, model, kind, charge, estimate, startTime, createdAt } = job;
  return {
    jobId: id,
    time: startTime ?? Date.parse(createdAt),
    provider,
    kind,
    charge,
    ...(number !== undefined && { number }),
    ...(model !== undefined && { model }),
    ...(estimate !== undefined && { estimate }),
  };
}

/** Longest part of a job's id that fits into another. */
const MAX_ID_PART = 110;

/** The same for a job whenever it is purged: one that came back and is purged again counts once. */
function expenseIdOf(jobId: string): string {
  return `expense-${jobId.slice(-MAX_ID_PART)}`;
}
