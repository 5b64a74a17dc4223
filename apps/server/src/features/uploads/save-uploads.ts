import { createReadStream } from "node:fs";
import { type BlobRef, contentFilename, type GeneratedContent } from "@safelight/shared";
import type { PlannedMutation, Store } from "@safelight/store";
import { type InspectedMedia, inspectMedia } from "../../media/inspect-media.ts";
import { ProblemError } from "../../problem-error.ts";
import type { StagedFile } from "./stage-upload.ts";

/** What became of one uploaded file. */
export interface SavedUpload {
  readonly id: string;
  readonly filename: string;
  /** Path of the readable name on this server. */
  readonly url: string;
  readonly blob: BlobRef;
}

export interface SaveUploadsOptions {
  readonly store: Store;
  readonly maxPixels: number;
  readonly newId: () => string;
}

/**
 * Takes files into the studio: each becomes a blob and a record of `contents`, all in one commit. Every file is looked
 * into first; one bad file throws its `ProblemError` and nothing at all is kept.
 */
export async function saveUploads(
  files: readonly StagedFile[],
  { store, maxPixels, newId }: SaveUploadsOptions,
): Promise<readonly SavedUpload[]> {
  if (files.length === 0) {
    throw new ProblemError(
      400,
      "upload.no-files",
      "The form has no file in it. Send one or more file fields.",
    );
  }
  const inspected: { file: StagedFile; media: InspectedMedia }[] = [];
  for (const file of files) {
    inspected.push({ file, media: await inspectMedia(file.path, { maxPixels, path: file.name }) });
  }
  const steps: PlannedMutation[] = [];
  for (const { file, media } of inspected) {
    const written = await store.blobs.write(createReadStream(file.path), { name: file.name });
    const set = {
      type: media.kind,
      origin: "upload",
      blob: { ...written, ...media.size },
    };
    steps.push({ collection: "contents", id: newId(), op: "create", set });
  }
  await store.commit({ by: "http", actor: "server", atomicity: "all", steps });
  return steps.map(({ id }) => describe(store.get("contents", id)));
}

function describe(content: GeneratedContent | undefined): SavedUpload {
  const filename = content === undefined ? undefined : contentFilename(content);
  if (content?.blob === undefined || filename === undefined) {
    throw new Error("A record that was just committed cannot be read");
  }
  const url = `/api/uploads/${encodeURIComponent(filename)}`;
  return { id: content.id, filename, url, blob: content.blob };
}
