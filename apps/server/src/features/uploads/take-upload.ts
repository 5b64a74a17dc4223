import type { Multipart } from "@fastify/multipart";
import { type SavedUpload, saveUploads, type SaveUploadsOptions } from "./save-uploads.ts";
import { openUploadStage } from "./stage-upload.ts";
import { stageParts } from "./upload-parts.ts";

export interface TakeUploadOptions extends SaveUploadsOptions {
  /** Where files wait until all of the form are known to be good. */
  readonly cacheDir: string;
  readonly maxFileBytes: number;
}

/** Takes the files of a form into the studio, all or none; in either case nothing is left waiting when it settles. */
export async function takeUpload(
  parts: AsyncIterable<Multipart>,
  options: TakeUploadOptions,
): Promise<readonly SavedUpload[]> {
  await using stage = await openUploadStage(options.cacheDir, options.maxFileBytes);
  await stageParts(parts, stage);
  return await saveUploads(stage.files, options);
}
