import type { RunState } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { commitJob } from "./job-commits.ts";
import type { JobDrive } from "./job-drive.ts";

/** Longest text of a step, in characters. */
const MAX_STEP = 500;

/** Whether a job waits for the answer to its submit, and the provider makes the result in the meantime. */
export function isAnswering({ provider }: Pick<JobDrive, "provider">, { status }: Job): boolean {
  return status === "submitting" && provider.capabilities.answersWithResult === true;
}

/** Hands a cancellation on while the answer is awaited: it comes early then, or not at all, and ends the submit. */
export function cancelAnswering({ provider, jobId, signal, log }: JobDrive): void {
  provider.cancel({ id: jobId }, signal).catch((error: unknown) => {
    // Whoever asked may ask again; without it the answer comes when it comes.
    if (!signal.aborted) log.warn({ jobId, error }, "a job could not be cancelled while it is being made");
  });
}

/** Commits how far the provider is with the answer, at most every `reportEveryMs`. Progress never runs backwards. */
export function reportAnswering(drive: JobDrive, job: Job, runId: string, state: RunState): void {
  const { jobId, now, timings, store, signal, log } = drive;
  if (runId !== jobId || (state.state !== "queued" && state.state !== "running")) return;
  if (now() - drive.lastReportAt < timings.reportEveryMs) return;
  const progress = Math.max(job.progress, Math.round(Math.min(1, Math.max(0, state.progress)) * 1000) / 1000);
  const step = state.step?.slice(0, MAX_STEP);
  if (progress === job.progress && step === job.step) return;
  drive.lastReportAt = now();
  commitJob(store, { id: jobId, from: "submitting", patch: { progress, step: step ?? null } }).catch(
    (error: unknown) => {
      if (!signal.aborted) log.warn({ jobId, error }, "progress of a job could not be saved");
    },
  );
}
