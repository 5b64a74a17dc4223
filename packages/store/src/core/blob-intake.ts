import type { BlobRef } from "@safelight/shared";
import { StoreError } from "../store-error.ts";
import type { BlobWriteOptions } from "../blob-store.ts";

/** Bytes at the start of a file that are enough to tell its kind. */
export const SNIFF_BYTES = 64 * 1024;

/** The kind of bytes that nothing more is known of. */
export const UNKNOWN_MIME = "application/octet-stream";

const SHA256 = /^[0-9a-f]{64}$/;

/** Whether a text is a hash that can name a blob; anything else must not come near a path. */
export function isSha256(text: string): boolean {
  return SHA256.test(text);
}

/** Passes a source on while counting it; throws `blob.too-large`, `blob.empty` or the signal's reason. */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  { maxBytes, signal }: BlobWriteOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let total = 0;
  signal?.throwIfAborted();
  for await (const chunk of source) {
    signal?.throwIfAborted();
    total += chunk.byteLength;
    if (maxBytes !== undefined && total > maxBytes) throw new StoreError("blob.too-large");
    if (chunk.byteLength > 0) yield chunk;
  }
  signal?.throwIfAborted();
  if (total === 0) throw new StoreError("blob.empty");
}

/** Throws `blob.mismatch` if another hash was announced. */
export function checkAnnounced(sha256: string, announced: string | undefined): void {
  if (announced !== undefined && announced !== sha256) throw new StoreError("blob.mismatch");
}

/** The reference to stored bytes. */
export function blobRef(
  stored: { readonly sha256: string; readonly sizeBytes: number; readonly mime: string },
  name: string | undefined,
): BlobRef {
  return { ...stored, ...(name !== undefined && { name: name.slice(0, 255) }) };
}

/** A range cut to what there is; both ends inclusive, in bytes. `undefined` when nothing is left of it. */
export function clampRange(
  sizeBytes: number,
  range: { readonly start: number; readonly end: number } | undefined,
): { readonly start: number; readonly end: number } | undefined {
  const start = Math.max(0, range?.start ?? 0);
  const end = Math.min(sizeBytes - 1, range?.end ?? sizeBytes - 1);
  return start > end ? undefined : { start, end };
}
