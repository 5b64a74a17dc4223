import { modelFor, ProviderError, type ProviderResult } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { StoreError } from "@safelight/store";
import { backoffMs } from "./core/backoff.ts";
import { downloadFailed, NO_RESULTS, resultMissing } from "./core/job-errors.ts";
import { ending, wantsCancel } from "./core/next-action.ts";
import { contentSteps, fetchResult, type FetchedResult } from "./fetch-results.ts";
import { handleMissing, remoteOf } from "./follow-run.ts";
import type { JobDrive, NextDelayMs } from "./job-drive.ts";
import { failFrom } from "./submit-job.ts";

/** Downloads what a run made, then records all of it and the job's success in one commit. */
export async function fetchRun(drive: JobDrive, job: Job): Promise<NextDelayMs> {
  let fetched: readonly FetchedResult[];
  try {
    fetched = await fetchAll(drive, job);
  } catch (error) {
    return handleFailure(drive, job, error);
  }
  if (fetched.length === 0) {
    await failFrom(drive, job, "downloading", NO_RESULTS);
    return 0;
  }
  const modelId = job.model ?? modelFor(drive.provider.capabilities.models, job)?.id ?? "";
  await drive.commitFirmly({
    id: job.id,
    from: "downloading",
    patch: {
      status: "succeeded",
      progress: 1,
      error: null,
      results: fetched.map((result) => result.contentId),
      ...ending(job, drive.now()),
    },
    alongside: (get) => contentSteps(get, job, modelId, fetched),
  });
  return 0;
}

async function fetchAll(drive: JobDrive, job: Job): Promise<readonly FetchedResult[]> {
  const results = await resultsOf(drive, job);
  for (const [index, result] of results.entries()) {
    // What an earlier attempt brought home is not fetched twice.
    if (drive.fetched.has(index)) continue;
    const fetched = await fetchResult(drive.store, { job, result, index }, drive.signal);
    drive.fetched.set(index, fetched);
    const { sizeBytes, sha256 } = fetched.blob;
    drive.log.info(
      { jobId: job.id, sha256 },
      `result ${index + 1} of ${results.length} is here: ${sizeBytes} bytes`,
    );
  }
  return results.flatMap((_, index) => drive.fetched.get(index) ?? []);
}

async function resultsOf(drive: JobDrive, job: Job): Promise<readonly ProviderResult[]> {
  const remote = remoteOf(drive, job);
  if (remote === undefined) throw new ProviderError("run.missing", "The job does not name its run.");
  return drive.provider.results(remote, drive.signal);
}

/** A failed download is retried alone, for free; a result that is gone is not waited for. */
async function handleFailure(drive: JobDrive, job: Job, error: unknown): Promise<NextDelayMs> {
  if (drive.signal.aborted || error instanceof StoreError) throw error;
  const { provider, timings, log } = drive;
  const { paid, choosesOwnIds, name } = provider.capabilities;
  const isGone =
    error instanceof ProviderError && (error.code === "run.missing" || error.code === "result.missing");
  if (isGone && !paid && choosesOwnIds) {
    drive.fetched.clear();
    return handleMissing(drive, job, "downloading");
  }
  if (isGone) {
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
  return backoffMs(drive.failures++, timings.retry);
}
