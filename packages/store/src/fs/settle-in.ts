import { type CollectionName, isCollectionName } from "@safelight/shared";
import { hasReadableNames } from "../core/readable-name.ts";
import type { RecordStore } from "../core/record-store.ts";
import type { StoreState } from "../core/store-state.ts";
import type { Checkpointer, KnownDocument } from "./checkpointer.ts";
import type { FileBlobs } from "./file-blobs.ts";
import { CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT } from "./load-documents.ts";
import type { ReadableFiles } from "./readable-files.ts";
import type { Recovery } from "./recover.ts";
import { takeHandEdits } from "./take-hand-edits.ts";

export interface SettleInOptions {
  readonly recovery: Recovery;
  readonly state: StoreState;
  readonly checkpointer: Checkpointer;
  readonly records: RecordStore;
  readonly readable: ReadableFiles;
  readonly blobs: FileBlobs;
  readonly note: (code: string, message: string, file?: string) => void;
  readonly wasChangedSince: (collection: CollectionName, id: string, seq: number) => boolean;
  readonly dropLog: (jobId: string) => void;
  readonly checkpoint: () => Promise<void>;
}

/** The files of the documents as recovery found them. */
export function knownDocuments({ documents }: Recovery): ReadonlyMap<string, KnownDocument> {
  const known = new Map<string, KnownDocument>();
  for (const { path, main, source } of documents) {
    // One that an even newer `.backup` stood in for must not take that one's place.
    if (main.kind === "good")
      known.set(path, { info: main.info, seq: main === source ? main.seq : undefined });
    if (main.kind === "edited") known.set(path, { info: main.info, seq: undefined });
  }
  return known;
}

/**
 * Catches up with what recovery found, before anybody else may write. Nothing keeps the recovery after that: it holds on to the texts
 * of all records as they were.
 */
export async function settleIn(options: SettleInOptions): Promise<void> {
  const { recovery, state, checkpointer, records, readable, note, dropLog } = options;
  for (const path of recovery.replayed.behind) checkpointer.markDirty(path);
  if (recovery.replayed.marksBehind) checkpointer.markDirty(CLIENTS_DOCUMENT);
  if (recovery.replayed.tombstonesBehind) checkpointer.markDirty(TOMBSTONES_DOCUMENT);
  for (const { path, main, source } of recovery.documents) {
    const isBehind = main.kind !== "good" && (main.kind !== "missing" || source !== undefined);
    if (isBehind) checkpointer.markDirty(path);
  }
  await options.blobs.clearIncoming();
  await takeHandEdits({ recovery, records, note, wasChangedSince: options.wasChangedSince });
  if (recovery.edits.length > 0) await options.checkpoint();
  // What was committed since the last clean end may not have its readable names yet, or have its log still.
  for (const { changes } of recovery.journal.commits) {
    for (const { collection, id } of changes) {
      if (typeof collection !== "string" || !isCollectionName(collection)) continue;
      const entry = typeof id === "string" ? state.entry(collection, id) : undefined;
      if (entry !== undefined && hasReadableNames(collection)) readable.ensure(entry);
      if (entry === undefined && collection === "jobs" && typeof id === "string") dropLog(id);
    }
  }
}
