import { ProviderError, type RemoteRun } from "@safelight/providers";
import type { Charge, Job, JobError, JsonObject } from "@safelight/shared";
import { backoffMs } from "./core/backoff.ts";
import { requestInvalid } from "./core/job-errors.ts";
import { ending, REQUEUED, wantsCancel } from "./core/next-action.ts";
import { failFrom, loseSubmit } from "./end-job.ts";
import { explainLoss } from "./explain-loss.ts";
import { commitJob } from "./job-commits.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";
import { hold, holdForSettings, holdOf, prepareJob, priceOf } from "./prepare-job.ts";
import { requestOf } from "./request-of-job.ts";

const FREE: Charge = { state: "none" };

/** Ends a queued job that was cancelled before anything was sent. */
export async function cancelUnsent(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const patch = { status: "canceled", ...ending(job, drive.now()) };
  await commitJob(drive.store, { id: job.id, from: "queued", patch, when: wantsCancel });
  return 0;
}

/** Submits a queued job once: the intent and the price are durable before the request leaves. */
export async function submitJob(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  const { provider, ledger } = drive;
  const request = requestOf(job);
  // A job that came by a push was not checked on its way in.
  const fault = provider.check(request);
  if (fault !== undefined) {
    await failFrom(drive, job, "queued", requestInvalid(fault));
    return 0;
  }
  const held = holdOf(drive);
  if (held !== undefined) return hold(drive, job, held);
  const price = await priceOf(drive, request);
  // Asked before the inputs are sent, for nothing; what counts is asked again in the commit.
  const refused = ledger.refusal(job, price);
  if (refused !== undefined) {
    await failFrom(drive, job, "queued", refused);
    return 0;
  }
  const preparation = await prepareJob(drive, job, request);
  if (!("prepared" in preparation)) return preparation.delayMs;
  if (!(await recordIntent(drive, job, price))) return 0;
  drive.hint = undefined;
  let remote: RemoteRun;
  try {
    remote = await send(drive, job, preparation.prepared);
  } catch (error) {
    return handleRefusal(drive, job, error);
  }
  drive.failures = 0;
  await drive.commitFirmly({ id: job.id, from: "submitting", patch: { status: "running", remote } });
  return 0;
}

/** Commits that the request is about to leave, with the price within every budget. Resolves to whether it may leave. */
async function recordIntent(drive: JobDrive, job: Job, price: Charge): Promise<boolean> {
  const { store, ledger, now } = drive;
  let refused: JobError | undefined;
  try {
    const mayLeave = await commitJob(store, {
      id: job.id,
      from: "queued",
      when(current) {
        if (wantsCancel(current)) return false;
        refused = ledger.reserve(current, price);
        return refused === undefined;
      },
      patch: {
        status: "submitting",
        startTime: now(),
        progress: 0,
        step: null,
        error: null,
        ...(price.state !== "none" && { charge: price, estimate: price }),
      },
    });
    if (mayLeave) return true;
  } finally {
    ledger.settle(job.id);
  }
  if (refused !== undefined) await failFrom(drive, job, "queued", refused);
  return false;
}

function send(drive: JobDrive, job: Job, prepared: JsonObject | undefined): Promise<RemoteRun> {
  const { provider, timings, webhookUrl } = drive;
  const { id, submitTimeoutMs = timings.submitTimeoutMs } = provider.capabilities;
  const signal = AbortSignal.any([drive.submitSignal, AbortSignal.timeout(submitTimeoutMs)]);
  const callback = provider.verifyWebhook === undefined ? undefined : webhookUrl(id, job.id);
  return provider.submit(requestOf(job), signal, {
    ...(prepared !== undefined && { prepared }),
    ...(callback !== undefined && { webhookUrl: callback }),
  });
}

async function handleRefusal(drive: JobDrive, job: Job, error: unknown): Promise<NextDelayMs> {
  const { provider, log, timings, lane, now } = drive;
  const { choosesOwnIds } = provider.capabilities;
  const code = error instanceof ProviderError ? error.code : "submit.lost";
  log.warn({ jobId: job.id, provider: provider.capabilities.id, code, error }, "a submit did not succeed");
  switch (code) {
    case "provider.throttled":
    case "provider.unavailable": {
      await drive.commitFirmly({ id: job.id, from: "submitting", patch: REQUEUED });
      const askedMs = error instanceof ProviderError ? error.retryAfterMs : undefined;
      if (askedMs !== undefined) lane.blockedUntilMs = Math.max(lane.blockedUntilMs, now() + askedMs);
      return Math.max(askedMs ?? 0, backoffMs(drive.failures++, timings.retry));
    }
    case "provider.not-configured": {
      await drive.commitFirmly({ id: job.id, from: "submitting", patch: REQUEUED });
      return error instanceof ProviderError ? hold(drive, job, holdForSettings(drive, error)) : 0;
    }
    case "submit.lost":
    case "provider.answer-invalid":
      // Stays as it is: the run can be looked for by the id that we gave it.
      if (choosesOwnIds) return backoffMs(drive.failures++, timings.retry);
      await loseSubmit(drive, job, await explainLoss(drive));
      return 0;
    case "request.invalid":
    case "provider.unauthorized":
    case "provider.payment-required":
    case "run.missing":
    case "result.missing": {
      const message = error instanceof Error ? error.message : String(error);
      await failFrom(drive, job, "submitting", { code, message }, FREE);
      return 0;
    }
  }
}
