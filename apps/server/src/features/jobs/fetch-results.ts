import { type ProviderResult } from "@safelight/providers";
import { type BlobRef, contentFilename, type Job, type JsonObject } from "@safelight/shared";
import type { PlannedMutation, Store } from "@safelight/store";
import { readPictureSize } from "../../media/picture-size.ts";
import { contentIdOf } from "./content-id.ts";

/** A result whose bytes are on disk. */
export interface FetchedResult {
  readonly contentId: string;
  readonly type: "image" | "video";
  readonly details: JsonObject;
  readonly blob: BlobRef;
}

/** Bytes that are not what their provider said: worth another try. */
class ResultDamagedError extends Error {
  override readonly name = "ResultDamagedError";
}

/** Downloads one result, durably, and checks that a picture is one. */
export async function fetchResult(
  store: Pick<Store, "blobs">,
  { job, result, index }: { readonly job: Job; readonly result: ProviderResult; readonly index: number },
  signal: AbortSignal,
): Promise<FetchedResult> {
  if (result.type !== "image" && result.type !== "video")
    throw new ResultDamagedError(`${result.name} is neither a picture nor a video`);
  const blob = await store.blobs.write(await result.open(signal), { name: result.name, signal });
  const contentId = contentIdOf(job, index);
  if (result.type === "video") return { contentId, type: "video", details: result.details, blob };
  const size = await readPictureSize(await store.blobs.bytes(blob.sha256));
  if (size === undefined) throw new ResultDamagedError(`${result.name} is not a picture`);
  return { contentId, type: "image", details: result.details, blob: { ...blob, ...size } };
}

/** The records of a job's results; those that exist already stay as they are. */
export function contentSteps(
  get: Store["get"],
  job: Job,
  modelId: string,
  results: readonly FetchedResult[],
): readonly PlannedMutation[] {
  return results
    .filter(({ contentId }) => get("contents", contentId) === undefined)
    .map(({ contentId, type, details, blob }) => {
      const made = { type, origin: "generated", prompt: job.prompt, blob } as const;
      // The name is written down, so that whoever reads the record can ask for the file by it.
      const filename = contentFilename({ ...made, id: contentId });
      return {
        collection: "contents",
        id: contentId,
        op: "create",
        set: {
          ...made,
          ...(filename !== undefined && { filename }),
          negativePrompt: job.negativePrompt ?? "",
          config: details,
          modelId,
          provider: job.provider,
          jobId: job.id,
        },
      };
    });
}
