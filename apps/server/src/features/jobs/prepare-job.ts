import { ProviderError, type ProviderRequest } from "@safelight/providers";
import type { Charge, Job, JobError, JsonObject } from "@safelight/shared";
import { StoreError } from "@safelight/store";
import { backoffMs } from "./core/backoff.ts";
import { prepareFailed } from "./core/job-errors.ts";
import { wantsCancel } from "./core/next-action.ts";
import { failFrom } from "./end-job.ts";
import { commitJob } from "./job-commits.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";

/** How long inputs that were sent are taken to be there. */
const PREPARED_FOR_MS = 20 * 60_000;
/** Failed attempts at sending inputs after which the job fails. */
const MAX_ATTEMPTS = 6;
/** How often to look again when nothing will wake the job: settings and pauses do. */
const HELD_MS = 5 * 60_000;

/** Why a queued job is not sent now. `step` is told in its record, where there is something to tell. */
export interface Hold {
  readonly delayMs: NextDelayMs;
  readonly step?: string;
}

/** What keeps a queued job from being sent, or `undefined`. */
export function holdOf(drive: JobDrive): Hold | undefined {
  const { provider, lane, now } = drive;
  if (drive.isPaused()) return { delayMs: HELD_MS };
  const [missing] = drive.missingSettings(provider.capabilities.id);
  if (missing !== undefined)
    return { delayMs: HELD_MS, step: waitsForSetting(provider.capabilities.name, missing) };
  const waitMs = lane.blockedUntilMs - now();
  return waitMs > 0 ? { delayMs: waitMs } : undefined;
}

export async function hold(drive: JobDrive, job: Job, { delayMs, step }: Hold): Promise<NextDelayMs> {
  if (step !== undefined) await tellStep(drive, job, step);
  return delayMs;
}

/** A provider that says by itself that it lacks a setting. */
export function holdForSettings(drive: JobDrive, error: ProviderError): Hold {
  return { delayMs: HELD_MS, step: `Waits for settings. ${error.message}`.slice(0, 500) };
}

function waitsForSetting(provider: string, label: string): string {
  return `Waits for settings: ${provider} needs "${label}".`;
}

/** What a job would cost. A price that cannot be had now is waited for; one that nobody tells is unknown. */
export async function priceOf(drive: JobDrive, request: ProviderRequest): Promise<Charge> {
  const { provider } = drive;
  if (!provider.capabilities.paid) return { state: "none" };
  try {
    return await provider.estimate(request);
  } catch (error) {
    const mayPass =
      error instanceof ProviderError &&
      (error.code === "provider.throttled" || error.code === "provider.unavailable");
    // Without a cap the price is not worth waiting for.
    if (mayPass && drive.ledger.budgets().length > 0) throw error;
    drive.log.warn({ jobId: drive.jobId, error }, "the price could not be told beforehand");
    return { state: "unknown" };
  }
}

/** Inputs as the provider has them now, or how long to wait before the next attempt, or that the job is over. */
export type Preparation = { readonly prepared: JsonObject | undefined } | { readonly delayMs: NextDelayMs };

/** Sends the inputs of a job. It costs nothing and may be repeated; the job stays queued meanwhile. */
export async function prepareJob(drive: JobDrive, job: Job, request: ProviderRequest): Promise<Preparation> {
  const { provider, now } = drive;
  if (provider.prepare === undefined) return { prepared: undefined };
  if (drive.prepared !== undefined && now() - drive.prepared.atMs < PREPARED_FOR_MS) {
    return { prepared: drive.prepared.value };
  }
  await tellStep(drive, job, "Sending inputs");
  const given = new AbortController();
  drive.giveUp = () => given.abort();
  try {
    const value = await provider.prepare(request, AbortSignal.any([drive.signal, given.signal]));
    drive.prepared = { value, atMs: now() };
    drive.failures = 0;
    return { prepared: value };
  } catch (error) {
    if (drive.signal.aborted) throw error;
    if (given.signal.aborted) return { delayMs: 0 };
    return { delayMs: await handleFailure(drive, job, error) };
  } finally {
    drive.giveUp = undefined;
  }
}

async function handleFailure(drive: JobDrive, job: Job, error: unknown): Promise<NextDelayMs> {
  const { provider, timings, log } = drive;
  log.warn({ jobId: job.id, error }, "the inputs of a job could not be sent");
  const code = error instanceof ProviderError ? error.code : undefined;
  if (error instanceof ProviderError && code === "provider.not-configured") {
    return hold(drive, job, holdForSettings(drive, error));
  }
  const reason = error instanceof Error ? error.message : String(error);
  const isInputGone = error instanceof StoreError && error.code === "blob.missing";
  if (isInputGone || isFinal(code) || drive.failures >= MAX_ATTEMPTS) {
    const fault: JobError =
      code === undefined || !isFinal(code)
        ? prepareFailed(provider.capabilities.name, reason)
        : { code, message: reason };
    await failFrom(drive, job, "queued", fault);
    return 0;
  }
  const askedMs = error instanceof ProviderError ? error.retryAfterMs : undefined;
  return Math.max(askedMs ?? 0, backoffMs(drive.failures++, timings.retry));
}

function isFinal(code: ProviderError["code"] | undefined): boolean {
  return (
    code === "request.invalid" || code === "provider.unauthorized" || code === "provider.payment-required"
  );
}

async function tellStep(drive: JobDrive, job: Job, step: string): Promise<void> {
  if (drive.store.get("jobs", job.id)?.step === step) return;
  await commitJob(drive.store, {
    id: job.id,
    from: "queued",
    when: (current) => !wantsCancel(current),
    patch: { step },
  });
}
