import { createInterface } from "node:readline";
import { type CollectionName, isCollectionName } from "@safelight/shared";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { ProblemError } from "../problem-error.ts";
import { type BackupManifest, hashOfBlobName, recordsName } from "./core/backup-manifest.ts";

/** A verified archive, read piece by piece. Check it with `verifyArchive` first: here nothing is checked again. */
export interface ArchiveReader {
  /** Every record as it stands there, collection by collection. */
  records(): AsyncGenerator<{ readonly collection: CollectionName; readonly json: string }>;
  blobs(): AsyncGenerator<{ readonly sha256: string; readonly bytes: AsyncIterable<Uint8Array> }>;
  close(): void;
}

/** Throws a `ProblemError` 409 `backup.unknown-collection` for an archive of a newer Safelight. */
export async function openArchive(path: string, manifest: BackupManifest): Promise<ArchiveReader> {
  const collections = Object.keys(manifest.collections).map((name) => {
    if (isCollectionName(name)) return name;
    throw new ProblemError(
      409,
      "backup.unknown-collection",
      `The backup has records of "${name}", which this Safelight does not know. Update it, then restore.`,
    );
  });
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);

  return {
    async *records() {
      for (const collection of collections) {
        const entry = entries.get(recordsName(collection));
        if (entry === undefined) continue;
        for await (const json of recordLines(zip, entry)) yield { collection, json };
      }
    },
    async *blobs() {
      for (const [name, entry] of entries) {
        const sha256 = hashOfBlobName(name);
        if (sha256 !== undefined) yield { sha256, bytes: await zip.openReadStreamPromise(entry) };
      }
    },
    close: () => zip.close(),
  };
}

/** Lines between the first and the last of a collection's file, without the commas at their ends. */
async function* recordLines(zip: ZipFile, entry: Entry): AsyncGenerator<string> {
  const lines = createInterface({ input: await zip.openReadStreamPromise(entry), crlfDelay: Infinity });
  let isFirst = true;
  for await (const line of lines) {
    if (!isFirst && line !== "]}") yield line.endsWith(",") ? line.slice(0, -1) : line;
    isFirst = false;
  }
}
