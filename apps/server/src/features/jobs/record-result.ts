import { modelFor } from "@safelight/providers";
import { type BlobRef, contentFilename, type Job } from "@safelight/shared";
import type { PlannedMutation, Store } from "@safelight/store";
import { contentIdOf, modelIdOf } from "./content-id.ts";
import type { JobPatch } from "./core/next-action.ts";
import { trainedModelOf } from "./core/trained-model.ts";
import type { FetchedResult } from "./fetch-results.ts";
import type { JobDrive } from "./job-drive.ts";

/** Records one result the moment that its bytes are safe, so that it is seen before the others are here. */
export async function recordResult(
  drive: JobDrive,
  jobId: string,
  fetched: { readonly index: number; readonly result: FetchedResult },
): Promise<void> {
  const job = drive.store.get("jobs", jobId);
  if (job === undefined) return;
  await drive.commitFirmly({
    id: jobId,
    from: "downloading",
    patch: patchFor(job, fetched),
    alongside: (get) => stepsFor(get, { drive, job, ...fetched }),
  });
}

/** Whether a result is in the records already, from an earlier attempt or an earlier process. */
export function isRecorded(drive: JobDrive, jobId: string, index: number): boolean {
  const job = drive.store.get("jobs", jobId);
  if (job === undefined) return false;
  return (
    job.results.includes(contentIdOf(job, index)) || job.models?.includes(modelIdOf(job, index)) === true
  );
}

function patchFor(job: Job, { index, result }: { index: number; result: FetchedResult }): JobPatch {
  switch (result.as) {
    case "content":
      // Ids sort by their index, whatever the order in which results came home.
      return { results: [...new Set([...job.results, contentIdOf(job, index)])].sort() };
    case "model":
      return { models: [...new Set([...(job.models ?? []), modelIdOf(job, index)])].sort() };
    case "file":
      return { files: withFile(job.files ?? [], result.blob) };
    case "text":
      return { output: result.text, outputDetails: result.details };
  }
}

function withFile(files: readonly BlobRef[], file: BlobRef): BlobRef[] {
  const isThere = files.some(({ sha256, name }) => sha256 === file.sha256 && name === file.name);
  return isThere ? [...files] : [...files, file];
}

interface StepContext {
  readonly drive: JobDrive;
  readonly job: Job;
  readonly index: number;
  readonly result: FetchedResult;
}

function stepsFor(get: Store["get"], { drive, job, index, result }: StepContext): readonly PlannedMutation[] {
  if (result.as === "content") {
    const id = contentIdOf(job, index);
    if (get("contents", id) !== undefined) return [];
    const made = { type: result.type, origin: "generated", prompt: job.prompt, blob: result.blob } as const;
    // The name is written down, so that whoever reads the record can ask for the file by it.
    const filename = contentFilename({ ...made, id });
    const set = {
      ...made,
      ...(filename !== undefined && { filename }),
      negativePrompt: job.negativePrompt ?? "",
      config: result.details,
      modelId: job.model ?? modelFor(drive.provider.capabilities.models, job)?.id ?? "",
      provider: job.provider,
      jobId: job.id,
    };
    return [{ collection: "contents", id, op: "create", set }];
  }
  if (result.as === "model") {
    const id = modelIdOf(job, index);
    if (get("models", id) !== undefined) return [];
    return [{ collection: "models", id, op: "create", set: trainedModelOf(job, result) }];
  }
  return [];
}
