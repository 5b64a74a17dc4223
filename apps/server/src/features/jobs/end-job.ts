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

/** Nobody can say how the run ended: only a person moves it on. What it may have cost stays in the books. */
export async function setUnknown(
  drive: JobDrive,
  { id }: Job,
  from: Job["status"],
  error: JobError,
): Promise<void> {
  const job = drive.store.get("jobs", id);
  if (job === undefined) return;
  const charge = drive.provider.capabilities.paid ? { charge: { ...job.charge, state: "unknown" } } : {};
  const patch = { status: "unknown", error, ...charge, ...ending(job, drive.now()) };
  await drive.commitFirmly({ id, from, patch });
}

/** What a provider keeps of this job's run may go, now that nobody will ask for it. */
export async function forgetRun({ provider, store, jobId, log, signal }: JobDrive): Promise<void> {
  const job = store.get("jobs", jobId);
  if (job === undefined || signal.aborted) return;
  await forgetRuns([job], { providers: new Map([[job.provider, provider]]), log });
}
