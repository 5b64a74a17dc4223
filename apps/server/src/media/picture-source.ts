import type { BlobStore } from "@safelight/store";

/**
 * A picture for sharp: its file's absolute path where the store has files, which is decoded piece by piece; otherwise all its bytes.
 * Rejects with `blob.missing`.
 */
export async function pictureSource(
  blobs: Pick<BlobStore, "bytes" | "file">,
  sha256: string,
): Promise<string | Uint8Array> {
  return (await blobs.file?.(sha256)) ?? (await blobs.bytes(sha256));
}
