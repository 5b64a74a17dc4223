import { buffer } from "node:stream/consumers";
import { contentFilename, type GeneratedContent, type Job } from "@safelight/shared";
import { settingsOfContent, sidecarOf, stampPicture } from "@safelight/shared/picture-metadata";
import { ZipFile } from "yazl";

/** A file made for one download. */
export interface DescribedCopy {
  readonly filename: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/**
 * A copy of a content's original that says how it was made: inside the picture where its format can carry that,
 * otherwise a ZIP of the untouched original and a JSON file beside it.
 */
export async function describeCopy(
  content: GeneratedContent,
  job: Job | undefined,
  original: { readonly mime: string; readonly bytes: Uint8Array },
): Promise<DescribedCopy> {
  const filename = contentFilename(content) ?? content.id;
  const settings = settingsOfContent(content, job);
  const stamped = stampPicture(original.bytes, settings);
  if (stamped !== undefined) return { filename, mime: original.mime, bytes: stamped };

  const zip = new ZipFile();
  const mtime = new Date(content.createdAt);
  zip.addBuffer(Buffer.from(original.bytes), filename, { mtime, compress: false });
  zip.addBuffer(Buffer.from(sidecarOf(settings)), `${filename}.json`, { mtime });
  zip.end();
  const stem = filename.replace(/\.[^.]+$/, "");
  return { filename: `${stem}.zip`, mime: "application/zip", bytes: await buffer(zip.outputStream) };
}
