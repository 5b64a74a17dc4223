import { isJsonObject, type Job, type JsonObject } from "@safelight/shared";

/** The picture of an imported job; `prefix` is its `data:` URL up to the comma, so that it comes back as it was sent. */
export interface ImportedResult {
  readonly contentId: string;
  readonly sha256: string;
  readonly prefix: string;
}

/** What a job's `legacy` field holds: the entry as it was sent, but for a picture, which is a content of its own. */
export interface ImportedJob {
  readonly entry: JsonObject;
  readonly result?: ImportedResult;
}

/** `undefined` for a job that was made here. */
export function importedJobOf(job: Job): ImportedJob | undefined {
  const { legacy } = job;
  if (legacy === undefined || !isJsonObject(legacy["entry"])) return undefined;
  const { entry, result } = legacy;
  if (!isJsonObject(result)) return { entry };
  const { contentId, sha256, prefix } = result;
  if (typeof contentId !== "string" || typeof sha256 !== "string" || typeof prefix !== "string") {
    return { entry };
  }
  return { entry, result: { contentId, sha256, prefix } };
}

/** The number in an id such as `job-12`, by which the older dashboard counted. */
export function numberInJobId(id: string): number | undefined {
  const match = /^job-([1-9]\d{0,8})$/.exec(id);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
