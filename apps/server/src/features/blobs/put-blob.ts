import type { BlobRef } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { readClipFacts } from "../../media/clip-facts.ts";
import { readPictureSize } from "../../media/picture-size.ts";
import { pictureSource } from "../../media/picture-source.ts";

/** Measuring a picture may hold it in memory: one larger than this goes without. */
const MAX_MEASURED_BYTES = 64 * 1024 * 1024;

export interface PutBlobOptions {
  /** The hash that the sender announced. */
  readonly sha256: string;
  readonly maxBytes: number;
  readonly source: AsyncIterable<Uint8Array>;
}

/**
 * Keeps bytes under the hash that was announced for them and describes them. Rejects as `BlobStore.write` does:
 * `blob.empty`, `blob.too-large`, `blob.mismatch`; then nothing is kept. Doing it again changes nothing.
 */
export async function putBlob(blobs: BlobStore, options: PutBlobOptions): Promise<BlobRef> {
  const { source, sha256, maxBytes } = options;
  const ref = await blobs.write(source, { sha256, maxBytes });
  const facts = await factsOf(blobs, ref);
  return facts === undefined ? ref : { ...ref, ...facts };
}

async function factsOf(blobs: BlobStore, { sha256, sizeBytes, mime }: BlobRef) {
  if (mime.startsWith("video/"))
    return readClipFacts({
      sizeBytes,
      read: (start, end) => readPart(blobs, sha256, { start, end: end - 1 }),
    });
  if (!mime.startsWith("image/") || sizeBytes > MAX_MEASURED_BYTES) return undefined;
  return readPictureSize(await pictureSource(blobs, sha256));
}

async function readPart(
  blobs: BlobStore,
  sha256: string,
  range: { readonly start: number; readonly end: number },
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of await blobs.read(sha256, range)) parts.push(part);
  return Buffer.concat(parts);
}
