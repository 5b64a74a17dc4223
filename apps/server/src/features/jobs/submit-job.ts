import { ProviderError, type ProviderRequest, type RemoteRun } from "@safelight/providers";
import type { Job, JobError } from "@safelight/shared";
import { backoffMs } from "./core/backoff.ts";
import { requestInvalid, submitLost } from "./core/job-errors.ts";
import { ending, REQUEUED, wantsCancel } from "./core/next-action.ts";
import { commitJob } from "./job-commits.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";

/** The parts of a job that its provider gets. */
function requestOf(job: Job): ProviderRequest {
  const { id, kind, prompt, params, model, negativePrompt } = job;
  return {
    jobId: id,
    kind,
    prompt,
    params,
    ...(model !== undefined && { model }),
    ...(negativePrompt !== undefined && { negativePrompt }),
  };
}

/** Ends a queued job that was cancelled before anything was sent. */
export async function cancelUnsent(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const patch = { status: "canceled", ...ending(job, drive.now()) };
  await commitJob(drive.store, { id: job.id, from: "queued", patch, when: wantsCancel });
  return 0;
}

/** Submits a queued job once: the intent is durable before the request leaves. */
export async function submitJob(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const { provider, store, now } = drive;
  const request = requestOf(job);
  // A job that came by a push was not checked on its way in.
  const fault = provider.check(request);
  if (fault !== undefined) {
    await failFrom(drive, job, "queued", requestInvalid(fault));
    return 0;
  }
  const mayLeave = await commitJob(store, {
    id: job.id,
    from: "queued",
    when: (current) => !wantsCancel(current),
    patch: { status: "submitting", startTime: now(), progress: 0, error: null },
  });
  if (!mayLeave) return 0;
  drive.hint = undefined;
  let remote: RemoteRun;
  try {
    remote = await provider.submit(request, drive.submitSignal);
  } catch (error) {
    return handleRefusal(drive, job, error);
  }
  drive.failures = 0;
  await drive.commitFirmly({ id: job.id, from: "submitting", patch: { status: "running", remote } });
  return 0;
}

async function handleRefusal(drive: JobDrive, job: Job, error: unknown): Promise<NextDelayMs> {
  const { provider, log, timings } = drive;
  const { choosesOwnIds, paid, name } = provider.capabilities;
  const code = error instanceof ProviderError ? error.code : "submit.lost";
  log.warn({ jobId: job.id, provider: provider.capabilities.id, code, error }, "a submit did not succeed");
  switch (code) {
    case "provider.throttled":
    case "provider.unavailable": {
      await drive.commitFirmly({ id: job.id, from: "submitting", patch: REQUEUED });
      return backoffMs(drive.failures++, timings.retry);
    }
    case "submit.lost":
    case "provider.answer-invalid":
      // Stays as it is: the run can be looked for by the id that we gave it.
      if (choosesOwnIds) return backoffMs(drive.failures++, timings.retry);
      await setUnknown(drive, job, "submitting", submitLost(name), paid);
      return 0;
    case "request.invalid":
    case "provider.not-configured":
    case "provider.unauthorized":
    case "provider.payment-required":
    case "run.missing":
    case "result.missing": {
      const message = error instanceof Error ? error.message : String(error);
      await failFrom(drive, job, "submitting", { code, message });
      return 0;
    }
  }
}

export async function failFrom(
  drive: JobDrive,
  job: Job,
  from: Job["status"],
  error: JobError,
): Promise<void> {
  const patch = { status: "failed", error, ...ending(job, drive.now()) };
  await drive.commitFirmly({ id: job.id, from, patch });
}

/** Nobody can say how the run ended: only a person moves it on. */
export async function setUnknown(
  drive: JobDrive,
  job: Job,
  from: Job["status"],
  error: JobError,
  isPaid: boolean,
): Promise<void> {
  const charge = isPaid ? { charge: { ...job.charge, state: "unknown" } } : {};
  const patch = { status: "unknown", error, ...charge, ...ending(job, drive.now()) };
  await drive.commitFirmly({ id: job.id, from, patch });
}
