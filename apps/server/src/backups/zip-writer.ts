import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";
import { crc32, deflateRaw } from "node:zlib";
import {
  directoryEntry,
  endOfDirectory,
  LARGE_BYTES,
  localHeader,
  type ZipFileFacts,
} from "./core/zip-headers.ts";

export interface ZipSource {
  readonly name: string;
  readonly isDeflated: boolean;
  /** More than its bytes will be; from 4 GB on its headers have room for that. */
  readonly mostBytes: number;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Writes an archive to a file from its start. */
export interface ZipWriter {
  add(source: ZipSource): Promise<void>;
  /** Writes the directory. What was added is an archive only then. */
  end(): Promise<void>;
}

/** Small files are written together. */
const BUFFER_BYTES = 1024 * 1024;
/** A piece that is deflated by itself: the pieces of one file follow each other as blocks of one stream. */
const PIECE_BYTES = 1024 * 1024;
const deflate = promisify(deflateRaw);
const SYNC_FLUSH = 2;
/** An empty last block, which ends a deflated stream. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

/**
 * A ZIP archive of any number of files of any size. Each file is added in time that does not grow with those before it; one that is
 * longer than the buffer gets its sizes and checksum written into its header afterwards, so that readers need no data descriptors.
 */
export function createZipWriter(file: FileHandle, modifiedAt: Date): ZipWriter {
  const directory: Buffer[] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  /** Where what is waiting will be written. */
  let flushedTo = 0;

  async function put(bytes: Uint8Array): Promise<void> {
    waiting.push(bytes);
    waitingBytes += bytes.byteLength;
    if (waitingBytes >= BUFFER_BYTES) await flush();
  }

  async function flush(): Promise<void> {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    await writeWhole(bytes, flushedTo);
    flushedTo += bytes.byteLength;
  }

  async function writeWhole(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.byteLength;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position + done);
      done += bytesWritten;
    }
  }

  return {
    async add({ name, isDeflated, mostBytes, chunks }) {
      const offset = flushedTo + waitingBytes;
      const isLarge = mostBytes >= LARGE_BYTES;
      const unknown = { crc32: 0, storedBytes: 0, sizeBytes: 0 };
      const facts = { name, isDeflated, modifiedAt, offset, isLarge };
      const header = localHeader({ ...facts, ...unknown });
      await put(header);
      let checksum = 0;
      let sizeBytes = 0;
      let storedBytes = 0;
      const store = async (bytes: Uint8Array) => {
        storedBytes += bytes.byteLength;
        await put(bytes);
      };
      for await (const chunk of isDeflated ? inPieces(chunks) : chunks) {
        checksum = crc32(chunk, checksum);
        sizeBytes += chunk.byteLength;
        // A source may use its buffer again, and what is waiting is not written yet.
        await store(isDeflated ? await deflate(chunk, { finishFlush: SYNC_FLUSH }) : Buffer.from(chunk));
      }
      if (isDeflated) await store(LAST_BLOCK);
      if (sizeBytes > mostBytes) throw new RangeError(`${name} is longer than was said.`);
      const known: ZipFileFacts = { ...facts, crc32: checksum, storedBytes, sizeBytes };
      const right = localHeader(known);
      if (offset >= flushedTo) right.copy(header);
      else await writeWhole(right, offset);
      directory.push(directoryEntry(known));
    },
    async end() {
      const offset = flushedTo + waitingBytes;
      const files = directory.length;
      for (const entry of directory) await put(entry);
      const sizeBytes = flushedTo + waitingBytes - offset;
      await put(endOfDirectory({ files, offset, sizeBytes }));
      await flush();
    },
  };
}

/** The same bytes in pieces of about a megabyte. */
async function* inPieces(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.byteLength;
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(parts);
}
