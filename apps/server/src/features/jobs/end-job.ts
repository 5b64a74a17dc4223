import type { Charge, Job, JobError } from "@safelight/shared";
import { ending } from "./core/next-action.ts";
import { forgetRuns } from "./forget-runs.ts";
import type { JobDrive } from "./job-drive.ts";

/** Ends a job as failed. @param charge What it has cost; left out, that stays as it is. */
export async function failFrom(
  drive: JobDrive,
  job: Job,
  from: Job["status"],
  error: JobError,
  charge?: Charge,
): Promise<void> {
  const spent = charge === undefined ? {} : { charge };
  const patch = { status: "failed", error, ...spent, ...ending(job, drive.now()) };
  await drive.commitFirmly({ id: job.id, from, patch });
}

/** Why nobody can say how a run ended. */
export interface Loss {
  readonly error: JobError;
  /** What it has cost, as far as anything tells; what was expected when left out. */
  readonly usd?: number;
}

/**
 * Nobody can say how the run ended: only a person moves it on. What it may have cost stays in the books. A submit whose run a
 * webhook has named meanwhile is left as it is.
 */
export async function setUnknown(
  drive: JobDrive,
  { id }: Job,
  from: Job["status"],
  { error, usd }: Loss,
): Promise<void> {
  const job = drive.store.get("jobs", id);
  if (job === undefined) return;
  const spent = { ...job.charge, state: "unknown", ...(usd !== undefined && { usd }) };
  const charge = drive.provider.capabilities.paid ? { charge: spent } : {};
  const patch = { status: "unknown", error, ...charge, ...ending(job, drive.now()) };
  const when = ({ remote }: Job) => from !== "submitting" || remote === undefined;
  await drive.commitFirmly({ id, from, when, patch });
}

/** The answer to a submit is lost: a run that a webhook has named is this job's; without one, nobody knows. */
export async function loseSubmit(drive: JobDrive, job: Job, loss: Loss): Promise<void> {
  const follow = async () =>
    drive.commitFirmly({
      id: job.id,
      from: "submitting",
      when: ({ remote }) => remote !== undefined,
      patch: { status: "running" },
    });
  if (await follow()) return;
  await setUnknown(drive, job, "submitting", loss);
  // The call may have come between the two.
  await follow();
}

/** What a provider keeps of this job's run may go, now that nobody will ask for it. */
export async function forgetRun({ provider, store, jobId, log, signal }: JobDrive): Promise<void> {
  const job = store.get("jobs", jobId);
  if (job === undefined || signal.aborted) return;
  await forgetRuns([job], { providers: new Map([[job.provider, provider]]), log });
}
