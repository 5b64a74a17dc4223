import type { ImageNode } from "./disk-image.ts";

/** A file as a running system sees it: with everything that was written, synced or not. */
export interface VolatileFile {
  readonly kind: "file" | "folder";
  readonly sizeBytes: number;
  mtimeMs: number;
  write(position: number, bytes: Uint8Array): void;
  truncate(sizeBytes: number): void;
  /** A copy of what it holds. */
  content(): Buffer;
  read(into: Uint8Array, position: number): number;
}

/** Starts from a node at rest, which is copied when it is first changed. */
export function createVolatileFile(from: ImageNode): VolatileFile {
  let buffer = from.bytes;
  let size = from.bytes.length;
  let isOwn = false;

  function makeRoom(needed: number): void {
    if (isOwn && needed <= buffer.length) return;
    const grown = Buffer.alloc(Math.max(needed, isOwn ? buffer.length * 2 : needed));
    buffer.copy(grown, 0, 0, size);
    buffer = grown;
    isOwn = true;
  }

  return {
    kind: from.kind,
    mtimeMs: from.mtimeMs,
    get sizeBytes() {
      return size;
    },
    write(position, bytes) {
      makeRoom(Math.max(size, position + bytes.byteLength));
      if (position > size) buffer.fill(0, size, position);
      buffer.set(bytes, position);
      size = Math.max(size, position + bytes.byteLength);
    },
    truncate(sizeBytes) {
      makeRoom(sizeBytes);
      if (sizeBytes > size) buffer.fill(0, size, sizeBytes);
      size = sizeBytes;
    },
    content: () => Buffer.from(buffer.subarray(0, size)),
    read(into, position) {
      const part = buffer.subarray(Math.min(position, size), Math.min(size, position + into.byteLength));
      into.set(part);
      return part.length;
    },
  };
}
