import { ZipFile } from "yazl";
import type { TrainingImage } from "../inputs.ts";
import type { ProviderHost } from "../provider-host.ts";
import { triggerCaption } from "./trigger-caption.ts";

export interface TrainingZipOptions {
  readonly images: readonly TrainingImage[];
  readonly triggerWord?: string | undefined;
  readonly readBlob: ProviderHost["readBlob"];
  readonly signal: AbortSignal;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

/** Zip dates are made to be the same, so that the same pictures give the same bytes. */
const MTIME = new Date(2000, 0, 1);

/**
 * A data set as trainers take it: `0001.png`, `0002.jpg`, … and beside each its caption as `.txt` of the same stem,
 * with the trigger word written into it. The same input gives the same bytes.
 */
export async function makeTrainingZip(options: TrainingZipOptions): Promise<Uint8Array> {
  const { images, triggerWord, readBlob, signal } = options;
  const zip = new ZipFile();
  for (const [index, { image, caption }] of images.entries()) {
    signal.throwIfAborted();
    const stem = String(index + 1).padStart(4, "0");
    const extension = EXTENSIONS[image.mime] ?? "png";
    // Pictures are compressed already.
    zip.addBuffer(Buffer.from(await readBlob(image.sha256)), `${stem}.${extension}`, {
      mtime: MTIME,
      compress: false,
    });
    const text = triggerCaption(caption, triggerWord);
    if (text !== undefined) zip.addBuffer(Buffer.from(text), `${stem}.txt`, { mtime: MTIME });
  }
  zip.end();
  const chunks = await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>);
  return Buffer.concat(chunks);
}
