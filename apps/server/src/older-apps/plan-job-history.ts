import { type BlobRef, type Job, type Json, type JsonObject, jsonEqual } from "@safelight/shared";
import type { PlannedMutation } from "@safelight/store";
import { changedFields } from "../records/changed-fields.ts";
import { type ImportedResult, importedJobOf, numberInJobId } from "./imported-job.ts";
import { statusOfLegacy } from "./legacy-job.ts";

/** A posted job whose picture, where it is new, is a blob. */
export interface KeptJob {
  readonly id: string;
  readonly fields: JsonObject;
  readonly picture?: { readonly sha256: string; readonly prefix: string; readonly blob: BlobRef | undefined };
}

export interface JobHistoryState {
  readonly jobOf: (id: string) => Job | undefined;
  readonly hasContent: (id: string) => boolean;
  /** The highest number that any job has. */
  readonly lastNumber: number;
  readonly newContentId: () => string;
}

/**
 * The steps that bring a posted history in. Jobs are merged by id and field: what was not sent is kept; an entry that
 * says nothing new makes no step, so a resend changes nothing. Jobs that were made here are not the poster's to change,
 * and an entry without a picture does not take away one that is here: it comes from a page that has not heard of it.
 */
export function planJobHistory(jobs: readonly KeptJob[], state: JobHistoryState): readonly PlannedMutation[] {
  const numbered: PlannedMutation[] = [];
  const others: PlannedMutation[] = [];
  for (const job of jobs) {
    const record = state.jobOf(job.id);
    if (record !== undefined) {
      others.push(...planUpdate(record, job, state));
      continue;
    }
    const number = numberInJobId(job.id);
    const isFree = number !== undefined && number > state.lastNumber;
    // Those with a number of their own come first: the store counts on from the highest.
    (isFree ? numbered : others).push(...planCreate(job, isFree ? number : undefined, state));
  }
  return [...numbered, ...others];
}

function planCreate(
  job: KeptJob,
  number: number | undefined,
  state: JobHistoryState,
): readonly PlannedMutation[] {
  const result = newResult(job, state);
  const set = {
    kind: "sprite",
    provider: "pixellab",
    charge: { state: "unknown" },
    ...fieldsOfEntry(job.fields, result),
    ...createdAt(job.fields),
    ...(number === undefined ? {} : { number }),
  };
  const create: PlannedMutation = { collection: "jobs", id: job.id, op: "create", set };
  return [...contentSteps(job, job.fields, result), create];
}

function planUpdate(record: Job, job: KeptJob, state: JobHistoryState): readonly PlannedMutation[] {
  const imported = importedJobOf(record);
  if (imported === undefined) return [];
  const { entry, result: heldResult } = imported;
  if (heldResult !== undefined && job.picture === undefined && "result" in job.fields) return [];
  const merged = { ...entry, ...job.fields };
  const isHeld = job.picture?.sha256 === heldResult?.sha256 && state.hasContent(heldResult?.contentId ?? "");
  const isSamePicture = job.picture?.blob === undefined || isHeld;
  const prefix = job.picture?.prefix ?? heldResult?.prefix ?? "";
  const result = isSamePicture ? heldResult && { ...heldResult, prefix } : newResult(job, state);
  if (isSamePicture && jsonEqual(merged, entry) && prefix === (heldResult?.prefix ?? "")) return [];
  if (result !== undefined) delete (merged as Record<string, Json>)["result"];
  const set = changedFields(record, { ...fieldsOfEntry(merged, result), ...createdAt(job.fields) });
  const update: PlannedMutation = { collection: "jobs", id: job.id, op: "update", set };
  return isSamePicture ? [update] : [...contentSteps(job, merged, result), update];
}

/** The job's own fields that an entry fills, beside the entry itself. */
function fieldsOfEntry(entry: JsonObject, result: ImportedResult | undefined): JsonObject {
  const status = statusOfLegacy(textOf(entry["status"]));
  const { error } = entry;
  return {
    prompt: textOf(entry["prompt"]) ?? "",
    params: present(entry, ["width", "height", "seed"]),
    status,
    progress: status === "succeeded" ? 1 : 0,
    results: result === undefined ? [] : [result.contentId],
    error: error === undefined || error === null ? null : { code: "legacy", message: messageOf(error) },
    startTime: entry["startTime"] ?? null,
    endTime: entry["endTime"] ?? null,
    duration: entry["duration"] ?? null,
    legacy: { entry, ...(result === undefined ? {} : { result: { ...result } }) },
  };
}

function contentSteps(
  job: KeptJob,
  entry: JsonObject,
  result: ImportedResult | undefined,
): readonly PlannedMutation[] {
  const blob = job.picture?.blob;
  if (result === undefined || blob === undefined) return [];
  const config = Object.fromEntries(
    Object.entries(present(entry, ["width", "height", "seed"])).filter(
      ([, value]) => typeof value === "number",
    ),
  );
  const set = {
    type: blob.mime.startsWith("video/") ? "video" : "image",
    origin: "import",
    prompt: textOf(entry["prompt"]) ?? "",
    config,
    provider: "pixellab",
    jobId: job.id,
    blob,
    ...createdAt(entry),
  };
  return [{ collection: "contents", id: result.contentId, op: "create", set }];
}

function newResult(job: KeptJob, state: JobHistoryState): ImportedResult | undefined {
  if (job.picture === undefined) return undefined;
  const { sha256, prefix } = job.picture;
  return { contentId: state.newContentId(), sha256, prefix };
}

function createdAt(entry: JsonObject): JsonObject {
  const epochMs = entry["createdAt"];
  return typeof epochMs === "number" ? { createdAt: new Date(epochMs).toISOString() } : {};
}

function present(entry: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  );
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function messageOf(error: Json): string {
  return (typeof error === "string" ? error : JSON.stringify(error)).slice(0, 100_000);
}
