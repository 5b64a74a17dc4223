import type { BlobStore } from "@safelight/store";
import { LRUCache } from "lru-cache";
import type { ByteRange } from "./core/byte-range.ts";

/** Bytes that may be read, from memory or from disk. */
export interface ReadableBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mime: string;
  /** A `Buffer` where the bytes are in memory, otherwise a promise of a stream of chunks. */
  read(range: ByteRange): Buffer | Promise<AsyncIterable<Uint8Array>>;
}

/** Reads blobs for HTTP, keeping small ones in memory: a wall of small pictures costs no file reads. */
export interface BlobReader {
  /** The same as `open` for bytes that are in memory, without a promise; `undefined` for any other. */
  held(sha256: string): ReadableBlob | undefined;
  /** `undefined` when the bytes are not in the studio. */
  open(sha256: string): Promise<ReadableBlob | undefined>;
}

export interface BlobReaderOptions {
  /** Largest blob that is kept in memory. */
  readonly maxEntryBytes?: number;
  /** All that is kept in memory. */
  readonly maxTotalBytes?: number;
}

export function createBlobReader(blobs: BlobStore, options: BlobReaderOptions = {}): BlobReader {
  const maxEntryBytes = options.maxEntryBytes ?? 512 * 1024;
  const held = new LRUCache<string, ReadableBlob>({
    maxSize: options.maxTotalBytes ?? 64 * 1024 * 1024,
    sizeCalculation: (blob) => blob.sizeBytes + 256,
  });

  return {
    held: (sha256) => held.get(sha256),
    async open(sha256) {
      const known = held.get(sha256);
      if (known !== undefined) return known;
      const stored = await blobs.stat(sha256);
      if (stored === undefined) return undefined;
      const { mime, sizeBytes } = stored;
      if (sizeBytes > maxEntryBytes) {
        return { sha256, mime, sizeBytes, read: (range) => blobs.read(sha256, range) };
      }
      const read = await blobs.bytes(sha256);
      const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
      const blob = { sha256, mime, sizeBytes: bytes.byteLength, read: partOf(bytes) };
      held.set(sha256, blob);
      return blob;
    },
  };
}

function partOf(bytes: Buffer): (range: ByteRange) => Buffer {
  return ({ start, end }) =>
    start === 0 && end === bytes.byteLength - 1 ? bytes : bytes.subarray(start, end + 1);
}
