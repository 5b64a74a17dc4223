import type { BlobRef } from "@safelight/shared";

/** What the writer of a blob knows of it beforehand; the bytes are hashed and typed on the way. */
export interface BlobWriteOptions {
  /** A name for people, kept in the reference and nowhere else. */
  readonly name?: string;
  /** Most bytes to take; a longer stream rejects with `blob.too-large` and leaves nothing behind. */
  readonly maxBytes?: number;
  /** Expected hash, lower-case hex; another one rejects with `blob.mismatch`. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
}

/** Bytes at rest. `mime` is what the bytes say, never what a sender claimed. */
export interface StoredBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mime: string;
}

/** Immutable bytes named by their SHA-256. Identical bytes are stored once. */
export interface BlobStore {
  /**
   * Streams bytes to disk while hashing; resolves when they are durable. An empty stream rejects with `blob.empty`.
   * Width and height are not read here: callers that decode the picture add them to the reference.
   */
  write(source: AsyncIterable<Uint8Array>, options?: BlobWriteOptions): Promise<BlobRef>;
  /** `undefined` when the bytes are not here. */
  stat(sha256: string): Promise<StoredBlob | undefined>;
  /** A stream of `start`..`end` (inclusive, in bytes). Rejects with `blob.missing`. */
  read(
    sha256: string,
    range?: { readonly start: number; readonly end: number },
  ): Promise<AsyncIterable<Uint8Array>>;
  /** All the bytes. Rejects with `blob.missing`. */
  bytes(sha256: string): Promise<Uint8Array>;
  /**
   * Absolute path of a file with these bytes, for libraries that open files themselves; `undefined` when they are not here. Only
   * for reading. Left out by stores whose blobs are no files.
   */
  file?(sha256: string): Promise<string | undefined>;
}
