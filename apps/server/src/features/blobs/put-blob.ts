import type { BlobRef } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { readPictureSize } from "../../media/picture-size.ts";

/** Measuring a picture holds it in memory: one larger than this goes without. */
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
  if (!ref.mime.startsWith("image/") || ref.sizeBytes > MAX_MEASURED_BYTES) return ref;
  const size = await readPictureSize(await blobs.bytes(sha256));
  return size === undefined ? ref : { ...ref, ...size };
}
