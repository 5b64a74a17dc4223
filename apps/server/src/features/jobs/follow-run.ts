import { ProviderError, type RemoteRun, type RunState } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { runLostRepeatedly, runMissing, runOverdue, submitLost } from "./core/job-errors.ts";
import { backoffMs } from "./core/backoff.ts";
import { pollDelayMs } from "./core/deadlines.ts";
import { ending, REQUEUED, wantsCancel } from "./core/next-action.ts";
import { settledCharge } from "./core/settled-charge.ts";
import { failFrom, forgetRun, loseSubmit, setUnknown } from "./end-job.ts";
import { commitJob } from "./job-commits.ts";
import { explainLoss } from "./explain-loss.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";
import { copyConsole } from "./run-console.ts";

/** Losses of one run after which it is not queued again. */
const MAX_LOSSES = 3;
/** Longest text of a step, in characters. */
const MAX_STEP = 500;

/** The run of a job at its provider, as far as the record or the provider's rules tell. */
export function remoteOf(drive: JobDrive, job: Job): RemoteRun | undefined {
  const { remote } = job;
  if (typeof remote?.["id"] === "string") return remote as RemoteRun;
  return drive.provider.capabilities.choosesOwnIds ? { id: job.id } : undefined;
}

/** Finds out what became of a submit that this process did not see answered. Never submits by itself. */
export async function recoverSubmit(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const { choosesOwnIds, answersWithResult = false } = drive.provider.capabilities;
  const remote = { id: job.id };
  const state = choosesOwnIds || answersWithResult ? await pollRun(drive, remote) : undefined;
  // An answer that carries the result is kept under the job's id: whole, it settles everything; torn, it settles nothing.
  const isSettled = choosesOwnIds || state?.state === "succeeded";
  if (state === undefined || !isSettled) {
    await loseSubmit(drive, job, await explainLoss(drive));
    return 0;
  }
  if (state.state === "missing") return handleMissing(drive, job, "submitting");
  await drive.commitFirmly({ id: job.id, from: "submitting", patch: { status: "running", remote } });
  drive.hint = state;
  return 0;
}

/** Follows a run: hands a cancellation on, reports progress, takes note of the end. */
export async function followRun(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const remote = remoteOf(drive, job);
  if (remote === undefined) {
    await setUnknown(drive, job, "running", { error: submitLost(drive.provider.capabilities.name) });
    return 0;
  }
  if (wantsCancel(job) && !drive.isCancelSent) {
    await cancelRun(drive, remote);
    drive.isCancelSent = true;
  }
  const hint = drive.hint;
  drive.hint = undefined;
  const state = hint ?? (await pollRun(drive, remote));
  drive.failures = 0;
  if (hint === undefined) await copyConsole(drive, remote);
  switch (state.state) {
    case "queued":
    case "running":
      return (await stopOverdue(drive, job, remote)) ?? reportProgress(drive, job, state);
    case "succeeded": {
      const charge = settledCharge(state.charge, job);
      const patch = { status: "downloading", charge, step: null };
      await drive.commitFirmly({ id: job.id, from: "running", patch });
      return 0;
    }
    case "failed":
    case "canceled": {
      const error = state.state === "failed" ? { error: state.error } : {};
      const charge = settledCharge(state.charge, job);
      const patch = { status: state.state, ...error, charge, ...ending(job, drive.now()) };
      await drive.commitFirmly({ id: job.id, from: "running", patch });
      await forgetRun(drive);
      return 0;
    }
    case "missing":
      return handleMissing(drive, job, "running");
  }
}

/** Tells a run to stop that takes far too long, and gives up on one that does not. */
async function stopOverdue(drive: JobDrive, job: Job, remote: RemoteRun): Promise<NextDelayMs | undefined> {
  const { now, timings, provider, log } = drive;
  const deadlineMs = (job.startTime ?? Date.parse(job.createdAt)) + timings.deadlinesMs[job.kind];
  if (now() < deadlineMs) return undefined;
  if (drive.overdueSince === undefined) {
    drive.overdueSince = now();
    log.warn({ jobId: job.id }, "the run is overdue: the provider is asked to stop it");
    await cancelRun(drive, remote);
    return undefined;
  }
  if (now() - drive.overdueSince < timings.overdueGraceMs) return undefined;
  await setUnknown(drive, job, "running", { error: runOverdue(provider.capabilities.name) });
  return 0;
}

async function cancelRun(drive: JobDrive, remote: RemoteRun): Promise<void> {
  try {
    await drive.provider.cancel(remote, drive.signal);
  } catch (error) {
    // The poll that follows finds the same, and decides what it means.
    if (!(error instanceof ProviderError && error.code === "run.missing")) throw error;
  }
}

async function pollRun(drive: JobDrive, remote: RemoteRun): Promise<RunState> {
  try {
    return await drive.provider.poll(remote, drive.signal);
  } catch (error) {
    if (error instanceof ProviderError && error.code === "run.missing") return { state: "missing" };
    throw error;
  }
}

/** Free work that can be named again is simply done again; anything else waits for a person. */
export async function handleMissing(
  drive: JobDrive,
  job: Job,
  from: "submitting" | "running" | "downloading",
): Promise<NextDelayMs> {
  const { choosesOwnIds, name, paid } = drive.provider.capabilities;
  if (paid || !choosesOwnIds) {
    await setUnknown(drive, job, from, { error: runMissing(name) });
    return 0;
  }
  if (wantsCancel(job)) {
    const patch = { status: "canceled", ...ending(job, drive.now()) };
    await drive.commitFirmly({ id: job.id, from, patch });
    return 0;
  }
  drive.losses += 1;
  if (drive.losses > MAX_LOSSES) {
    await failFrom(drive, job, from, runLostRepeatedly(name));
    return 0;
  }
  drive.log.info({ jobId: job.id, from }, "the provider does not have this free run: it is queued again");
  await drive.commitFirmly({ id: job.id, from, patch: REQUEUED });
  return drive.losses === 1 ? 0 : backoffMs(drive.losses - 2, drive.timings.retry);
}

/** Commits progress at most every `reportEveryMs`, and only what is new. It never runs backwards. */
async function reportProgress(
  drive: JobDrive,
  job: Job,
  state: Extract<RunState, { state: "queued" | "running" }>,
): Promise<NextDelayMs> {
  const { now, timings, provider, quietPolls } = drive;
  const { pollEveryMs } = provider.capabilities;
  const { trainingPollMs } = timings;
  const progress = Math.max(job.progress, Math.round(Math.min(1, Math.max(0, state.progress)) * 1000) / 1000);
  const step = state.step?.slice(0, MAX_STEP);
  const isNew = progress !== job.progress || step !== job.step;
  if (!isNew) {
    drive.quietPolls += 1;
    return pollDelayMs(job.kind, { pollEveryMs, trainingPollMs, quietPolls });
  }
  const sinceReportMs = now() - drive.lastReportAt;
  if (sinceReportMs < timings.reportEveryMs) {
    drive.hint ??= state;
    return timings.reportEveryMs - sinceReportMs;
  }
  drive.quietPolls = 0;
  drive.lastReportAt = now();
  await commitJob(drive.store, { id: job.id, from: "running", patch: { progress, step: step ?? null } });
  return pollDelayMs(job.kind, { pollEveryMs, trainingPollMs, quietPolls: 0 });
}
