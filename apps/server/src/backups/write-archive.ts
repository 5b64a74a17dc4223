import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { extensionOf } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import type { CollectedState } from "./collect-state.ts";
import { type BackupManifest, MANIFEST_NAME, recordsName, recordsText } from "./core/backup-manifest.ts";
import { createZipWriter } from "./zip-writer.ts";

export interface WrittenArchive {
  readonly manifest: BackupManifest;
  /** What the bytes of the records' files hash to, by name: for reading them back. */
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * Streams an archive to a new file, one blob open at a time, and syncs it. ZIP64 where it is needed. Rejects, with a
 * part of a file left, when the disk is full or a blob cannot be read.
 */
export async function writeArchive(
  path: string,
  {
    state,
    blobs,
    createdAt,
    onBlob = () => {},
  }: {
    readonly state: CollectedState;
    readonly blobs: BlobStore;
    readonly createdAt: Date;
    /** Called when the next blob is begun. */
    readonly onBlob?: () => void;
  },
): Promise<WrittenArchive> {
  const manifest = manifestOf(state, createdAt);
  const hashes = new Map<string, string>();
  const file = await open(path, "wx", 0o600);
  try {
    const zip = createZipWriter(file, createdAt);
    const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
    await zip.add({ name: MANIFEST_NAME, isDeflated: true, mostBytes: text.length, chunks: [text] });
    for (const [collection, records] of state.records) {
      const name = recordsName(collection);
      await zip.add({
        name,
        isDeflated: true,
        mostBytes: mostBytesOf(records),
        chunks: hashed(recordsText(collection, state.seq, records), (sha256) => hashes.set(name, sha256)),
      });
    }
    for (const { sha256, sizeBytes, mime } of state.blobs) {
      const name = `blobs/${sha256.slice(0, 2)}/${sha256}.${extensionOf(mime)}`;
      onBlob();
      await zip.add({ name, isDeflated: false, mostBytes: sizeBytes, chunks: await blobs.read(sha256) });
    }
    await zip.end();
    await file.sync();
  } finally {
    await file.close();
  }
  return { manifest, hashes };
}

function manifestOf(state: CollectedState, createdAt: Date): BackupManifest {
  const counts = [...state.records].map(([name, records]) => [name, records.length] as const);
  return {
    format: "safelight-backup",
    version: 1,
    createdAt: createdAt.toISOString(),
    epoch: state.epoch,
    seq: state.seq,
    collections: Object.fromEntries(counts),
    counters: state.counters,
    blobs: {
      count: state.blobs.length,
      sizeBytes: state.blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
    missingBlobs: [...state.missingBlobs],
  };
}

function* hashed(texts: Iterable<string>, done: (sha256: string) => void): Generator<Buffer> {
  const hash = createHash("sha256");
  for (const text of texts) {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    yield bytes;
  }
  done(hash.digest("hex"));
}

/** No UTF-16 unit takes more than three bytes; each line has a comma and an end, and two lines frame them. */
function mostBytesOf(records: readonly { readonly json: string }[]): number {
  return 1000 + records.reduce((sum, { json }) => sum + 3 * json.length + 2, 0);
}
