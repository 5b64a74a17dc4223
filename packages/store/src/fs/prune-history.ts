import { createZstdCompress } from "node:zlib";
import { pipeline, Readable } from "node:stream";
import { isJsonObject, type JsonObject } from "@safelight/shared";
import { giveWay } from "../give-way.ts";
import type { FsPort } from "./fs-port.ts";
import { basePath, HISTORY_FOLDER, type HistoryFile, linesOf, listHistory } from "./history-files.ts";
import { encodeLine, parseCommit } from "./journal-codec.ts";
import { writeAll } from "./write-all.ts";

/** How much of the past is kept. */
export interface HistoryRetention {
  /** Segments that were archived longer ago than this go. */
  readonly maxAgeMs: number;
  /** The oldest segments go until the others have no more bytes than this. */
  readonly maxBytes: number;
}

export interface PruneOptions {
  readonly fs: FsPort;
  /** Current time in epoch ms. */
  readonly nowMs: number;
  readonly retention: HistoryRetention;
}

export interface PruneReport {
  readonly removedFiles: number;
  readonly removedBytes: number;
}

const BATCH_LENGTH = 64 * 1024;

/**
 * Removes the oldest archived segments that retention does not cover. What they knew of the records that are still there
 * goes into a base, so that every later moment can be gone back to. Cut off anywhere, the history is as it was or as it will
 * be. Nobody may be reading.
 */
export async function pruneHistory({ fs, nowMs, retention }: PruneOptions): Promise<PruneReport> {
  const { files, leftovers } = await listHistory(fs);
  for (const { path } of leftovers) await fs.remove(path);
  const base = files.find(({ isBase }) => isBase);
  const archives = files.filter(({ isBase }) => !isBase);
  const { due, dueBytes } = await dueOf(fs, archives, nowMs, retention);
  const last = due.at(-1);
  if (last === undefined) return { removedFiles: leftovers.length, removedBytes: 0 };
  const folded = base === undefined ? due : [base, ...due];
  if (isUnbroken(folded)) await writeBase(fs, folded, last.to);
  for (const { path } of folded) await fs.remove(path);
  await fs.syncFolder(HISTORY_FOLDER);
  return { removedFiles: due.length + leftovers.length, removedBytes: dueBytes };
}

async function dueOf(
  fs: FsPort,
  archives: readonly HistoryFile[],
  nowMs: number,
  { maxAgeMs, maxBytes }: HistoryRetention,
): Promise<{ readonly due: readonly HistoryFile[]; readonly dueBytes: number }> {
  const infos = await Promise.all(archives.map(({ path }) => fs.info(path)));
  let keptBytes = infos.reduce((sum, info) => sum + (info?.sizeBytes ?? 0), 0);
  let dueBytes = 0;
  let count = 0;
  for (const info of infos) {
    const isOld = info !== undefined && nowMs - info.mtimeMs > maxAgeMs;
    if (!isOld && keptBytes <= maxBytes) break;
    keptBytes -= info?.sizeBytes ?? 0;
    dueBytes += info?.sizeBytes ?? 0;
    count += 1;
  }
  return { due: archives.slice(0, count), dueBytes };
}

/** Without a beginning, or with a gap, nobody can say what the records were: there is no base then. */
function isUnbroken(files: readonly HistoryFile[]): boolean {
  return files.every(({ from, isBase }, at) => isBase || from === (files[at - 1]?.to ?? 0) + 1);
}

/** Writes the last version of each record that is still there after these files. */
async function writeBase(fs: FsPort, files: readonly HistoryFile[], to: number): Promise<void> {
  const path = basePath(to);
  const temporary = `${path}.tmp`;
  const lastSeqs = await findLastSeqs(fs, files);
  const file = await fs.open(temporary, "fresh");
  try {
    const zip = createZstdCompress();
    pipeline(Readable.from(baseLines(fs, files, { to, lastSeqs })), zip, () => {
      // A failure destroys the stream that is read below.
    });
    let position = 0;
    for await (const bytes of zip as AsyncIterable<Buffer>) {
      await writeAll(file, bytes, position);
      position += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if ((await countChanges(fs, temporary)) !== lastSeqs.size) {
    await fs.remove(temporary);
    throw new Error("The base of the history was not written as it was meant; nothing was removed.");
  }
  await fs.rename(temporary, path);
  await fs.syncFolder(HISTORY_FOLDER);
}

async function* changesOf(fs: FsPort, files: readonly HistoryFile[]) {
  for (const { path } of files) {
    for await (const lines of linesOf(fs, path)) {
      for (const { content } of lines) {
        const commit = content === undefined ? undefined : parseCommit(content);
        if (commit === undefined) continue;
        const last = new Map(commit.changes.map((change) => [keyOf(change), change]));
        yield { commit, last };
      }
      await giveWay();
    }
  }
}

/** The last change of each record; those that were purged are not among them. */
async function findLastSeqs(fs: FsPort, files: readonly HistoryFile[]): Promise<ReadonlyMap<string, number>> {
  const lastSeqs = new Map<string, number>();
  for await (const { commit, last } of changesOf(fs, files)) {
    for (const [key, { record }] of last) {
      if (isJsonObject(record)) lastSeqs.set(key, commit.seq);
      else lastSeqs.delete(key);
    }
  }
  return lastSeqs;
}

async function* baseLines(
  fs: FsPort,
  files: readonly HistoryFile[],
  { to, lastSeqs }: { readonly to: number; readonly lastSeqs: ReadonlyMap<string, number> },
): AsyncGenerator<string, void, undefined> {
  let batch = "";
  for await (const { commit, last } of changesOf(fs, files)) {
    const { seq, at, by } = commit;
    const changes = [...last].flatMap(([key, change]) => (lastSeqs.get(key) === seq ? [change] : []));
    if (changes.length === 0) continue;
    batch += encodeLine(JSON.stringify({ seq, durable: to, at, by, changes }));
    if (batch.length < BATCH_LENGTH) continue;
    yield batch;
    batch = "";
  }
  // An empty piece would end the stream.
  if (batch.length > 0) yield batch;
}

async function countChanges(fs: FsPort, path: string): Promise<number> {
  let count = 0;
  const written: HistoryFile = { path, from: 1, to: Number.POSITIVE_INFINITY, isBase: true };
  for await (const { last } of changesOf(fs, [written])) count += last.size;
  return count;
}

function keyOf({ collection, id }: JsonObject): string {
  return JSON.stringify([collection, id]);
}
