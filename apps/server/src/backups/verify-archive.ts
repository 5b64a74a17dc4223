import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { Value } from "@sinclair/typebox/value";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { ProblemError } from "../problem-error.ts";
import {
  BackupManifest,
  FRAME_LINES,
  hashOfBlobName,
  MANIFEST_NAME,
  recordsName,
} from "./core/backup-manifest.ts";

const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;
/** Records and pictures of a studio inflate to a few times their size; a bomb to hundreds of times. Small ones do no harm. */
const MAX_INFLATION = 200;
const HARMLESS_BYTES = 256 * 1024 * 1024;

/**
 * Reads all of an archive back: every entry's CRC and size, every blob's hash, the number of records of every collection.
 * Throws a `ProblemError` 409 `backup.unverified` that names the first thing that is wrong.
 * @param expected What the bytes of entries must hash to, by name.
 * @param onBlob Called for each blob that was found right.
 */
export async function verifyArchive(
  path: string,
  expected: ReadonlyMap<string, string> = new Map(),
  onBlob: () => void = () => {},
): Promise<BackupManifest> {
  const zip = await opened(path);
  try {
    const mostBytes = HARMLESS_BYTES + MAX_INFLATION * (await stat(path)).size;
    let inflatedBytes = 0;
    let manifest: BackupManifest | undefined;
    const records = new Map<string, number>();
    const blobs = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      const { fileName: name } = entry;
      // What an entry says of its size is held against what it inflates to, as it is read.
      inflatedBytes += entry.uncompressedSize;
      if (inflatedBytes > mostBytes) throw unverified("it would inflate to far more than a studio holds");
      if (name === MANIFEST_NAME) manifest = parseManifest(await readEntry(zip, entry));
      const { sha256, lines } = await checkEntry(zip, entry);
      const blob = hashOfBlobName(name);
      const wanted = blob ?? expected.get(name);
      if (wanted !== undefined && wanted !== sha256) {
        throw unverified(`${name} has other bytes than it should; the original may be damaged`);
      }
      if (blob === undefined) records.set(name, lines - FRAME_LINES);
      else {
        blobs.add(blob);
        onBlob();
      }
    }
    if (manifest === undefined) throw unverified(`it has no ${MANIFEST_NAME}`);
    checkCounts(manifest, records, blobs);
    for (const name of expected.keys()) if (!records.has(name)) throw unverified(`${name} is missing in it`);
    return manifest;
  } catch (error) {
    throw error instanceof ProblemError ? error : unverified(messageOf(error), error);
  } finally {
    zip.close();
  }
}

/** The manifest alone. Throws a `ProblemError` 409 `backup.unverified` for what is no archive, or is cut off. */
export async function readManifest(path: string): Promise<BackupManifest> {
  const zip = await opened(path);
  try {
    // It is the first entry of an archive that this studio wrote.
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName === MANIFEST_NAME) return parseManifest(await readEntry(zip, entry));
    }
    throw unverified(`it has no ${MANIFEST_NAME}`);
  } catch (error) {
    throw error instanceof ProblemError ? error : unverified(messageOf(error), error);
  } finally {
    zip.close();
  }
}

async function opened(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    throw unverified(messageOf(error), error);
  }
}

async function checkEntry(zip: ZipFile, entry: Entry): Promise<{ sha256: string; lines: number }> {
  const hash = createHash("sha256");
  let checksum = 0;
  let lines = 0;
  for await (const chunk of await chunks(zip, entry)) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  if (checksum !== entry.crc32) throw unverified(`${entry.fileName} has a wrong checksum`);
  return { sha256: hash.digest("hex"), lines };
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > MAX_MANIFEST_BYTES) throw unverified(`${entry.fileName} is too long`);
  const parts: Buffer[] = [];
  for await (const chunk of await chunks(zip, entry)) parts.push(chunk);
  return Buffer.concat(parts).toString("utf8");
}

async function chunks(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  return await zip.openReadStreamPromise(entry);
}

function parseManifest(text: string): BackupManifest {
  const value: unknown = JSON.parse(text);
  if (!Value.Check(BackupManifest, value)) throw unverified(`its ${MANIFEST_NAME} is none of this version`);
  return value;
}

function checkCounts(
  manifest: BackupManifest,
  records: ReadonlyMap<string, number>,
  blobs: ReadonlySet<string>,
): void {
  for (const [collection, count] of Object.entries(manifest.collections)) {
    const found = records.get(recordsName(collection));
    if (found !== count) throw unverified(`it has ${found ?? "no"} records of ${collection}, not ${count}`);
  }
  if (blobs.size !== manifest.blobs.count) {
    throw unverified(`it has ${blobs.size} blobs, not ${manifest.blobs.count}`);
  }
}

function unverified(reason: string, cause?: unknown): ProblemError {
  const detail = `The backup cannot be relied on: ${reason}.`;
  return new ProblemError(409, "backup.unverified", detail, cause === undefined ? {} : { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
