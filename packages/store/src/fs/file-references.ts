import { createZstdDecompress } from "node:zlib";
import { pipeline, Readable } from "node:stream";
import { COLLECTION_NAMES } from "@safelight/shared";
import { type BlobReferences, HASH_OVERLAP, noteRecord, noteText } from "../core/blob-references.ts";
import type { StoreState } from "../core/store-state.ts";
import type { FsPort } from "./fs-port.ts";

/** Folders with earlier versions of records, in the order in which versions move through them. */
const VERSION_FOLDERS = ["journal", "history"] as const;
const READ_BYTES = 256 * 1024;
const RECORDS_AT_A_TIME = 500;

/** Takes in what the records name now, the trash included. */
export async function noteState(references: BlobReferences, state: StoreState): Promise<void> {
  let read = 0;
  for (const collection of COLLECTION_NAMES) {
    for (const { id, json } of state.entries(collection).values()) {
      if (json !== undefined) noteRecord(references, { collection, id }, json);
      read += 1;
      // Lets the event loop go on: with many records this takes a while.
      if (read % RECORDS_AT_A_TIME === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
  }
}

/** Takes in what any earlier version names that can still be gone back to. Resolves to whether all of it could be read. */
export async function noteVersions(
  references: BlobReferences,
  fs: FsPort,
  signal?: AbortSignal,
): Promise<boolean> {
  let isWhole = true;
  for (const folder of VERSION_FOLDERS) {
    for (const name of await fs.list(folder)) {
      signal?.throwIfAborted();
      // Not finished: what it is made from is read.
      if (name.endsWith(".tmp")) continue;
      try {
        await noteFile(references, fs, `${folder}/${name}`);
      } catch {
        // Damaged, or carried on meanwhile: the caller must not count on what is not named.
        isWhole = false;
      }
    }
  }
  return isWhole;
}

async function noteFile(references: BlobReferences, fs: FsPort, path: string): Promise<void> {
  let rest = "";
  const blocks = path.endsWith(".zst") ? unzipped(blocksOf(fs, path)) : blocksOf(fs, path);
  for await (const block of blocks) {
    const text = rest + block.toString("latin1");
    // A hash at the very end may go on in the next block.
    const end = text.length - HASH_OVERLAP;
    noteText(references, text);
    rest = text.slice(Math.max(0, end));
  }
}

async function* blocksOf(fs: FsPort, path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await fs.open(path, "read");
  try {
    for (let position = 0; ;) {
      const block = Buffer.allocUnsafe(READ_BYTES);
      const taken = await file.read(block, position);
      if (taken === 0) return;
      yield block.subarray(0, taken);
      position += taken;
    }
  } finally {
    await file.close();
  }
}

function unzipped(blocks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const unzip = createZstdDecompress({ chunkSize: READ_BYTES });
  pipeline(Readable.from(blocks), unzip, () => {
    // A failure destroys the stream that is returned: its reader hears of it.
  });
  return unzip;
}
