import { type Charge, type Job, repeatOf } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { createRecord } from "../../records/change-record.ts";
import { markedFailed } from "./core/job-errors.ts";
import { REOPENED } from "./core/next-action.ts";
import { commitJob } from "./job-commits.ts";
import type { JobRunner } from "./job-runner.ts";
import { jobAt } from "./look-up-job.ts";

interface SettleContext {
  readonly store: Store;
  readonly jobRunner: Pick<JobRunner, "refresh">;
}

/** Faults after which the run's results may still be fetched. */
const FETCHABLE: ReadonlySet<string> = new Set(["download.failed", "result.missing", "result.empty"]);

/** Polls a job's run, or tries its download, at once. */
export function refreshJob({ store, jobRunner }: SettleContext, id: string): Job {
  const job = jobAt(store, id);
  jobRunner.refresh(id);
  return job;
}

/**
 * Fetches the results of a run again. It costs nothing and never submits. Rejects with a 409 problem for a job that has
 * nothing to fetch.
 */
export async function retryDownload({ store, jobRunner }: SettleContext, id: string): Promise<Job> {
  const job = jobAt(store, id);
  if (job.status === "downloading") jobRunner.refresh(id);
  else if (job.status !== "succeeded") {
    const isFetchable = job.status === "failed" && FETCHABLE.has(job.error?.code ?? "");
    if (!isFetchable || job.remote === undefined) {
      throw new ProblemError(
        409,
        "job.nothing-to-fetch",
        "This job has no run whose results could be fetched.",
      );
    }
    await commitJob(store, { id, from: "failed", patch: { ...REOPENED, status: "downloading" } });
  }
  return jobAt(store, id);
}

/**
 * Ends an `unknown` job. @param spentUsd What it cost, as its owner saw at the provider; left out, that stays unknown.
 */
export async function markFailed({ store }: SettleContext, id: string, spentUsd?: number): Promise<Job> {
  const job = jobAt(store, id);
  const charge: Charge | undefined =
    spentUsd === undefined
      ? undefined
      : spentUsd === 0
        ? { state: "none" }
        : { state: "reported", usd: spentUsd };
  const patch = { status: "failed", error: markedFailed(), ...(charge !== undefined && { charge }) };
  const isTaken = job.status === "unknown" && (await commitJob(store, { id, from: "unknown", patch }));
  if (!isTaken)
    throw new ProblemError(409, "job.not-unknown", "Only a job whose end is unknown can be marked.");
  return jobAt(store, id);
}

/** Queues the same work as a new job, which costs what it costs. */
export async function runAgain({ store }: SettleContext, id: string): Promise<Job> {
  const record = await createRecord(store, "jobs", repeatOf(jobAt(store, id)));
  return record as Job;
}
