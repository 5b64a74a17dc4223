import { ProviderError, type ProviderResult } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { StoreError } from "@safelight/store";
import { backoffMs } from "./core/backoff.ts";
import { downloadFailed, NO_RESULTS, resultMissing } from "./core/job-errors.ts";
import { ending, wantsCancel } from "./core/next-action.ts";
import { failFrom, forgetRun } from "./end-job.ts";
import { fetchResult, ResultDamagedError } from "./fetch-results.ts";
import { handleMissing, remoteOf } from "./follow-run.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";
import { isRecorded, recordResult } from "./record-result.ts";

/** Attempts after which wrong bytes are kept as they are, and a result that is gone is not asked for again. */
const MAX_ATTEMPTS = 3;

/** Downloads what a run made and records each result as it comes; then records the job's success. */
export async function fetchRun(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  let results: readonly ProviderResult[];
  try {
    results = await resultsOf(drive, job);
  } catch (error) {
    return handleFailure(drive, job, { error, isFinal: true });
  }
  if (results.length === 0) {
    await failFrom(drive, job, "downloading", NO_RESULTS);
    return 0;
  }
  const fault = await fetchAll(drive, job, results);
  if (fault !== undefined) {
    return handleFailure(drive, job, { error: fault.error, isFinal: drive.failures + 1 >= MAX_ATTEMPTS });
  }
  await drive.commitFirmly({
    id: job.id,
    from: "downloading",
    patch: { status: "succeeded", progress: 1, error: null, ...ending(job, drive.now()) },
  });
  await forgetRun(drive);
  return 0;
}

/** Fetches what is not here yet, the most urgent first. A fault of one does not keep the others; the first is answered. */
async function fetchAll(
  drive: JobDrive,
  job: Job,
  results: readonly ProviderResult[],
): Promise<{ readonly error: unknown } | undefined> {
  const never = Number.POSITIVE_INFINITY;
  const inOrder = [...results.entries()].sort(
    ([a, one], [b, other]) => (one.expiresAt ?? never) - (other.expiresAt ?? never) || a - b,
  );
  let fault: { readonly error: unknown } | undefined;
  for (const [index, result] of inOrder) {
    if (drive.home.has(index) || isRecorded(drive, job.id, index)) continue;
    const leave = await drive.downloads.enter(result.expiresAt);
    try {
      await fetchOne(drive, job, { index, result, count: results.length });
      drive.home.add(index);
    } catch (error) {
      if (drive.signal.aborted || isStoreFault(error)) throw error;
      if (error instanceof ResultDamagedError) drive.damages.set(index, (drive.damages.get(index) ?? 0) + 1);
      fault ??= { error };
    } finally {
      leave();
    }
  }
  return fault;
}

async function fetchOne(
  drive: JobDrive,
  job: Job,
  { index, result, count }: { index: number; result: ProviderResult; count: number },
): Promise<void> {
  const { store, signal, maxPixels, damages, log } = drive;
  const isLastTry = (damages.get(index) ?? 0) + 1 >= MAX_ATTEMPTS;
  const fetched = await fetchResult(result, { store, signal, maxPixels, isLastTry });
  await recordResult(drive, job.id, { index, result: fetched });
  if (!("blob" in fetched)) return;
  const { sizeBytes, sha256 } = fetched.blob;
  const kept =
    fetched.as === "file" && result.type !== "file" ? `, kept as a file: it is not the ${result.type}` : "";
  log.info({ jobId: job.id, sha256 }, `result ${index + 1} of ${count} is here: ${sizeBytes} bytes${kept}`);
}

async function resultsOf(drive: JobDrive, job: Job): Promise<readonly ProviderResult[]> {
  const remote = remoteOf(drive, job);
  if (remote === undefined) throw new ProviderError("run.missing", "The job does not name its run.");
  return drive.provider.results(remote, drive.signal);
}

/** A failed download is retried alone, for free; a result that is gone is not waited for. */
async function handleFailure(
  drive: JobDrive,
  job: Job,
  { error, isFinal }: { readonly error: unknown; readonly isFinal: boolean },
): Promise<NextDelayMs> {
  if (drive.signal.aborted || isStoreFault(error)) throw error;
  const { provider, timings, log } = drive;
  const { paid, choosesOwnIds, name } = provider.capabilities;
  const isGone =
    error instanceof ProviderError && (error.code === "run.missing" || error.code === "result.missing");
  if (isGone && !paid && choosesOwnIds) {
    drive.home.clear();
    return handleMissing(drive, job, "downloading");
  }
  if (isGone && isFinal) {
    await failFrom(drive, job, "downloading", resultMissing(name));
    return 0;
  }
  log.warn({ jobId: job.id, provider: provider.capabilities.id, error }, "a download failed");
  if (wantsCancel(job)) {
    const patch = { status: "canceled", ...ending(job, drive.now()) };
    await drive.commitFirmly({ id: job.id, from: "downloading", patch });
    return 0;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const patch = { error: downloadFailed(name, reason) };
  await drive.commitFirmly({ id: job.id, from: "downloading", patch });
  const askedMs = error instanceof ProviderError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(askedMs, backoffMs(drive.failures++, timings.retry));
}

/** A fault of our own disk: the result is not to blame. */
function isStoreFault(error: unknown): boolean {
  return error instanceof StoreError;
}
