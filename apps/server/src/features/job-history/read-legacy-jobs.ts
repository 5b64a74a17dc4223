import { createHash } from "node:crypto";
import { isJsonObject, type Job, type JsonObject } from "@safelight/shared";
import { parseDataUrl, isDataUrl } from "../../media/data-url.ts";
import { inspectMedia, type InspectedMedia } from "../../media/inspect-media.ts";
import { ProblemError } from "../../problem-error.ts";
import { type ImportedResult, importedJobOf } from "../../older-apps/imported-job.ts";
import type { LegacyJob } from "../../older-apps/legacy-job.ts";

/** The picture of a posted job, taken out of its `data:` URL. */
interface PostedResult {
  readonly sha256: string;
  readonly prefix: string;
  readonly bytes: Buffer;
  /** Absent when the studio has this picture for this job already. */
  readonly media?: InspectedMedia;
}

/** A posted job whose picture, if it has one, is known to be good. */
export interface PostedJob {
  readonly id: string;
  /** All fields that were sent, without a picture. */
  readonly fields: JsonObject;
  readonly picture?: PostedResult;
}

export interface ReadLegacyJobsOptions {
  readonly jobOf: (id: string) => Job | undefined;
  /** Whether the studio still has a picture, its record and its bytes. */
  readonly hasPicture: (result: ImportedResult) => Promise<boolean>;
  readonly maxPixels: number;
}

/** Looks into every posted job; keeps nothing. Throws a `ProblemError` with the place of the first fault. */
export async function readLegacyJobs(
  entries: readonly LegacyJob[],
  options: ReadLegacyJobsOptions,
): Promise<readonly PostedJob[]> {
  const posted: PostedJob[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (seen.has(entry.id)) throw invalid(400, `/jobs/${index}/id`, "stands twice in the list");
    seen.add(entry.id);
    posted.push(await readLegacyJob(entry, `/jobs/${index}`, options));
  }
  return posted;
}

async function readLegacyJob(
  entry: LegacyJob,
  path: string,
  { jobOf, hasPicture, maxPixels }: ReadLegacyJobsOptions,
): Promise<PostedJob> {
  const { result, ...rest } = entry;
  // The schema says object; what it does not name is whatever JSON was sent.
  const fields: unknown = rest;
  if (!isJsonObject(fields)) throw invalid(400, path, "is not an object");
  if (typeof result !== "string" || !isDataUrl(result)) {
    return { id: entry.id, fields: result === undefined ? fields : { ...fields, result } };
  }
  const parsed = parseDataUrl(result);
  if (parsed === undefined) throw invalid(422, `${path}/result`, "is not a base64 data URL");
  const { bytes, prefix } = parsed;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const job = jobOf(entry.id);
  const held = job === undefined ? undefined : importedJobOf(job)?.result;
  // The dashboard sends its whole history each time: what is known is not decoded again.
  const isKnown = held?.sha256 === sha256 && (await hasPicture(held));
  const media = isKnown ? undefined : await inspectMedia(bytes, { maxPixels, path: `${path}/result` });
  const picture = { sha256, prefix, bytes, ...(media === undefined ? {} : { media }) };
  return { id: entry.id, fields, picture };
}

function invalid(status: number, path: string, message: string): ProblemError {
  const code = status === 422 ? "data-url.invalid" : "request.invalid";
  return new ProblemError(status, code, `${path} ${message}.`, { errors: [{ path, message }] });
}
