import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extensionOf } from "@safelight/shared";
import type { BlobStore } from "@safelight/store";
import { ZipFile } from "yazl";
import type { CollectedState } from "./collect-state.ts";
import { type BackupManifest, MANIFEST_NAME, recordsName, recordsText } from "./core/backup-manifest.ts";

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
  const zip = new ZipFile();
  const stream = zip.outputStream;
  if (!(stream instanceof Readable)) throw new Error("The ZIP writer's output is not a stream of this Node");
  const mtime = createdAt;
  let reading: Readable | undefined;
  const add = (name: string, options: { size?: number; compress: boolean }, open: () => Readable): void => {
    zip.addReadStreamLazy(name, { ...options, mtime, mode: 0o100600 }, (give) => {
      reading = open();
      give(null, reading);
    });
  };
  zip.on("error", (error: Error) => stream.destroy(error));
  // A writer that gives up leaves a blob half read: its file must not stay open.
  stream.once("close", () => reading?.destroy());

  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`), MANIFEST_NAME, { mtime });
  for (const [collection, records] of state.records) {
    const name = recordsName(collection);
    add(name, { compress: true }, () =>
      Readable.from(
        hashed(recordsText(collection, state.seq, records), (sha256) => hashes.set(name, sha256)),
        { objectMode: false },
      ),
    );
  }
  for (const { sha256, sizeBytes, mime } of state.blobs) {
    const name = `blobs/${sha256.slice(0, 2)}/${sha256}.${extensionOf(mime)}`;
    add(name, { size: sizeBytes, compress: false }, () => {
      onBlob();
      return Readable.from(chunksOf(blobs, sha256), { objectMode: false });
    });
  }
  zip.end();
  await pipeline(stream, createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }));
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

async function* chunksOf(blobs: BlobStore, sha256: string): AsyncGenerator<Uint8Array> {
  yield* await blobs.read(sha256);
}
