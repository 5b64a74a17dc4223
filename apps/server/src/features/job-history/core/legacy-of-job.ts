import type { BlobRef, Job, JsonObject } from "@safelight/shared";
import { importedJobOf } from "../../../older-apps/imported-job.ts";
import { legacyOfStatus } from "../../../older-apps/legacy-job.ts";

/** A job in the older dashboard's shape, but for its picture, which is read apart. */
export interface LegacyJobPlan {
  readonly fields: JsonObject;
  /** The picture to show, with the start of its `data:` URL; absent where `fields` says all. */
  readonly picture?: { readonly sha256: string; readonly prefix: string };
}

/**
 * @param blobOf The bytes of a content, `undefined` where it has none or is gone.
 */
export function legacyOfJob(job: Job, blobOf: (contentId: string) => BlobRef | undefined): LegacyJobPlan {
  const imported = importedJobOf(job);
  if (imported !== undefined) {
    const { entry, result } = imported;
    if (result === undefined) return { fields: entry };
    return { fields: entry, picture: { sha256: result.sha256, prefix: result.prefix } };
  }
  const blob = job.results[0] === undefined ? undefined : blobOf(job.results[0]);
  const fields = {
    id: job.id,
    prompt: job.prompt,
    width: job.params["width"] ?? blob?.width ?? null,
    height: job.params["height"] ?? blob?.height ?? null,
    seed: job.params["seed"] ?? null,
    status: legacyOfStatus(job.status),
    result: null,
    error: job.error?.message ?? null,
    startTime: job.startTime ?? null,
    endTime: job.endTime ?? null,
    duration: job.duration ?? null,
    createdAt: Date.parse(job.createdAt),
  };
  if (blob === undefined) return { fields };
  return { fields, picture: { sha256: blob.sha256, prefix: `data:${blob.mime};base64,` } };
}

/** Orders a history as it grew: by the studio's count, then by id. */
export function compareJobs(a: Job, b: Job): number {
  return (a.number ?? 0) - (b.number ?? 0) || (a.id < b.id ? -1 : 1);
}
