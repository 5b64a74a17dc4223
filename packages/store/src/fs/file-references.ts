import { COLLECTION_NAMES } from "@safelight/shared";
import { type BlobReferences, HASH_OVERLAP, noteRecord, noteText } from "../core/blob-references.ts";
import type { StoreState } from "../core/store-state.ts";
import type { FsPort } from "./fs-port.ts";
import { segmentBlocks } from "./segment-blocks.ts";

/** Folders with earlier versions of records, in the order in which versions move through them. */
const VERSION_FOLDERS = ["journal", "history"] as const;
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
  const blocks = segmentBlocks(fs, path);
  for await (const block of blocks) {
    const text = rest + block.toString("latin1");
    // A hash at the very end may go on in the next block.
    const end = text.length - HASH_OVERLAP;
    noteText(references, text);
    rest = text.slice(Math.max(0, end));
  }
}
