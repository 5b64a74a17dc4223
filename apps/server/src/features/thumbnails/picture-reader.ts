import { open } from "node:fs/promises";
import type { BlobStore, StoredBlob } from "@safelight/store";
import { createConcurrencyLimit } from "./concurrency-limit.ts";

/** Gives pictures to those who decode them, so many at a time. */
export interface PictureReader {
  /**
   * Calls `use` with a picture's bytes, which are good until it settles, or with its file's absolute path. Rejects with
   * `blob.missing`, and as `use` does.
   */
  read<T>(
    picture: Pick<StoredBlob, "sha256" | "sizeBytes">,
    use: (picture: string | Uint8Array) => Promise<T>,
  ): Promise<T>;
}

/** Longer files are decoded piece by piece, from the disk. */
const PLACE_BYTES = 8 * 1024 * 1024;

/**
 * Reads files into memory that is used again: piece by piece they would cost a tenth more to decode, and so would fresh
 * memory for each. A place takes up as much as the longest of its pictures had.
 * @param places Most pictures that are given out at a time.
 */
export function createPictureReader(blobs: Pick<BlobStore, "bytes" | "file">, places: number): PictureReader {
  const limit = createConcurrencyLimit(places);
  const unused: Buffer[] = [];
  return {
    read: ({ sha256, sizeBytes }, use) =>
      limit(async () => {
        const file = await blobs.file?.(sha256);
        if (file === undefined) return use(await blobs.bytes(sha256));
        if (sizeBytes > PLACE_BYTES) return use(file);
        // Not from Node's pool and not zeroed: what no picture has reached takes up no memory.
        const place = unused.pop() ?? Buffer.allocUnsafeSlow(PLACE_BYTES);
        try {
          const bytes = await readWhole(file, place.subarray(0, sizeBytes));
          return await use(bytes ?? file);
        } finally {
          unused.push(place);
        }
      }),
  };
}

/** Fills `bytes` from a file; `undefined` when it cannot, which the decoder will say of the file itself. */
async function readWhole(file: string, bytes: Buffer): Promise<Buffer | undefined> {
  try {
    await using handle = await open(file);
    const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, 0);
    return bytesRead === bytes.byteLength ? bytes : undefined;
  } catch {
    return undefined;
  }
}
