import { Readable } from "node:stream";
import type { BlobRef, JsonObject } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { compareJobs, legacyOfJob, type LegacyJobPlan } from "./core/legacy-of-job.ts";
import { lastJobIdOf, rememberLastJobId } from "../../older-apps/job-count.ts";
import type { LegacyJob } from "../../older-apps/legacy-job.ts";
import { type KeptJob, planJobHistory } from "../../older-apps/plan-job-history.ts";
import { type PostedJob, readLegacyJobs } from "./read-legacy-jobs.ts";

export interface JobHistorySummary {
  readonly lastJobId: number;
  /** When a job last changed, ISO time; `undefined` while there are none. */
  readonly savedAt: string | undefined;
  /** Bytes that the studio's records of all jobs take. */
  readonly fileSize: number;
}

export interface SaveJobHistoryOptions {
  readonly store: Store;
  readonly maxPixels: number;
  readonly newContentId: () => string;
}

/** Merges a posted history by job id, in one commit. A bad entry throws its `ProblemError` and nothing is kept. */
export async function saveJobHistory(
  posted: { readonly jobs: readonly LegacyJob[]; readonly lastJobId?: number },
  { store, maxPixels, newContentId }: SaveJobHistoryOptions,
): Promise<JobHistorySummary> {
  const jobs = await readLegacyJobs(posted.jobs, {
    maxPixels,
    jobOf: (id) => store.get("jobs", id),
    hasPicture: async ({ contentId, sha256 }) =>
      store.get("contents", contentId) !== undefined && (await store.blobs.stat(sha256)) !== undefined,
  });
  const kept: KeptJob[] = [];
  for (const job of jobs) kept.push(await keepPicture(store, job));
  await store.commit({
    by: "http",
    actor: "server",
    atomicity: "all",
    steps: (staged) =>
      planJobHistory(kept, {
        jobOf: (id) => staged.get("jobs", id),
        hasContent: (id) => staged.get("contents", id) !== undefined,
        lastNumber: store.lastNumber("jobs"),
        newContentId,
      }),
  });
  const summary = summarizeJobHistory(store);
  const lastJobId = posted.lastJobId ?? 0;
  if (lastJobId <= summary.lastJobId) return summary;
  await rememberLastJobId(store, lastJobId, "http");
  return { ...summary, lastJobId };
}

function summarizeJobHistory(store: Store): JobHistorySummary {
  let savedAt: string | undefined;
  let fileSize = 0;
  for (const job of store.scan("jobs")) {
    if (job.deletedAt !== undefined) continue;
    if (savedAt === undefined || job.updatedAt > savedAt) savedAt = job.updatedAt;
    fileSize += Buffer.byteLength(store.getJson("jobs", job.id)?.json ?? "");
  }
  return { lastJobId: lastJobIdOf(store), savedAt, fileSize };
}

/** The whole history as JSON text, a job at a time: pictures make it far larger than what should be in memory at once. */
export function streamJobHistory(store: Store): Readable {
  return Readable.from(historyText(store), { objectMode: false });
}

async function* historyText(store: Store): AsyncIterable<string> {
  const jobs = [...store.scan("jobs")].filter(({ deletedAt }) => deletedAt === undefined).sort(compareJobs);
  const { lastJobId, savedAt } = summarizeJobHistory(store);
  const blobOf = (contentId: string): BlobRef | undefined => store.get("contents", contentId)?.blob;
  yield '{"status":"ok","jobs":[';
  for (const [index, job] of jobs.entries()) {
    const entry = await withPicture(store, legacyOfJob(job, blobOf));
    yield `${index === 0 ? "" : ","}${JSON.stringify(entry)}`;
  }
  const rest = { lastJobId, savedAt: savedAt ?? null, message: `Loaded ${jobs.length} jobs` };
  yield `],${JSON.stringify(rest).slice(1)}`;
}

async function withPicture(store: Store, { fields, picture }: LegacyJobPlan): Promise<JsonObject> {
  if (picture === undefined) return fields;
  const stored = await store.blobs.stat(picture.sha256);
  // Bytes that are gone are said to be gone; the rest of the history is still worth having.
  if (stored === undefined) return { ...fields, result: null };
  const bytes = await store.blobs.bytes(picture.sha256);
  return { ...fields, result: picture.prefix + Buffer.from(bytes).toString("base64") };
}

async function keepPicture(store: Store, { id, fields, picture }: PostedJob): Promise<KeptJob> {
  if (picture === undefined) return { id, fields };
  const { sha256, prefix, bytes, media } = picture;
  if (media === undefined) return { id, fields, picture: { sha256, prefix, blob: undefined } };
  const written = await store.blobs.write(Readable.from([bytes]), { name: id });
  return { id, fields, picture: { sha256, prefix, blob: { ...written, ...media.size } } };
}
