import { setImmediate as nextTurn } from "node:timers/promises";
import { COLLECTION_NAMES, type CollectionName, definitionOf } from "@safelight/shared";
import type { Store, StoredBlob, StoredRecord } from "@safelight/store";
import { blobHashesIn, type BackupManifest } from "./core/backup-manifest.ts";

/** Everything that a backup holds, of one moment: records as the store's own texts, blobs by their hashes. */
export interface CollectedState {
  readonly epoch: string;
  readonly seq: number;
  /** By id, the trash included. */
  readonly records: ReadonlyMap<CollectionName, readonly StoredRecord[]>;
  readonly counters: BackupManifest["counters"];
  readonly blobs: readonly StoredBlob[];
  readonly missingBlobs: readonly string[];
}

const RECORDS_PER_TURN = 2000;

export async function collectState(store: Store): Promise<CollectedState> {
  const snapshot = store.snapshot();
  const counters = countersOf(store);
  const records = new Map<CollectionName, StoredRecord[]>(COLLECTION_NAMES.map((name) => [name, []]));
  const hashes = new Set<string>();
  let taken = 0;
  for (const record of snapshot.records()) {
    records.get(record.collection)?.push(record);
    for (const sha256 of blobHashesIn(record.json)) hashes.add(sha256);
    taken += 1;
    // Lets requests through; a snapshot is of one moment however long it is read.
    if (taken % RECORDS_PER_TURN === 0) await nextTurn();
  }
  for (const list of records.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  const blobs: StoredBlob[] = [];
  const missingBlobs: string[] = [];
  for (const sha256 of [...hashes].sort()) {
    const blob = await store.blobs.stat(sha256);
    if (blob === undefined) missingBlobs.push(sha256);
    else blobs.push(blob);
  }
  return { ...snapshot.cursor, records, counters, blobs, missingBlobs };
}

function countersOf(store: Store): BackupManifest["counters"] {
  const counters: BackupManifest["counters"] = [];
  const add = (collection: CollectionName, scope: string): void => {
    const value = store.lastNumber(collection, scope);
    if (value > 0) counters.push({ collection, scope, value });
  };
  for (const name of COLLECTION_NAMES) {
    if (definitionOf(name).counter !== undefined && !definitionOf(name).document.includes("{")) add(name, "");
  }
  for (const { id } of store.scan("gallerySessions")) add("galleryImages", id);
  return counters;
}
