import { crc32, zstdCompress } from "node:zlib";
import { promisify } from "node:util";
import { carriedLines } from "../core/plan-carry.ts";
import type { StoreState } from "../core/store-state.ts";
import type { KnownDocument } from "./checkpointer.ts";
import type { FsPort } from "./fs-port.ts";
import { createLineEncoder, endOfLines } from "./journal-codec.ts";
import { JOURNAL_FOLDER, segmentFirstSeq, segmentPath } from "./journal-writer.ts";
import { CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT } from "./load-documents.ts";
import { SCRATCH_BYTES } from "./read-ahead.ts";
import { checksumOf, verifiedSeq } from "./verify-document.ts";
import { writeAll } from "./write-all.ts";

const HISTORY_FOLDER = "history";

export interface CarrierOptions {
  readonly fs: FsPort;
  readonly state: StoreState;
  /** Current time in epoch ms. */
  readonly now: () => number;
  /** Complete segments are carried when they have grown to this many bytes beyond four times the documents. */
  readonly carryBytes: number;
}

export interface JournalCarrier {
  /**
   * Puts complete segments into the history once they are much larger than the documents, and what some document still
   * needs of them into one carried segment. `openSegment`: first `seq` of the one being written. Cut off anywhere, the
   * journal is as it was or as it will be.
   */
  carryIfDue(openSegment: number | undefined, known: ReadonlyMap<string, KnownDocument>): Promise<void>;
}

interface DocumentFloors {
  /** Per document, the `seq` that both its file and its `.backup` hold; absent where one of them is missing or damaged. */
  readonly carryAfter: Readonly<Record<string, number>>;
  /** Per document, the `seq` up to which no version of it holds a record that was purged. */
  readonly purgedTo: ReadonlyMap<string, number>;
}

interface Segment {
  readonly firstSeq: number;
  readonly path: string;
  readonly sizeBytes: number;
}

const compress = promisify(zstdCompress);
const CARRIED_START = '{"seq":0,';
/** Carrying writes about as much as the documents hold: it must free several times that much of the journal. */
const DOCUMENT_SHARE = 4;
/** Each piece of the outcome wakes another thread once more. */
const COMPRESSED_BYTES = 1024 * 1024;
const WRITE_BYTES = 64 * 1024;
const SYNC_BYTES = 4 * 1024 * 1024;

export function createJournalCarrier({ fs, state, now, carryBytes }: CarrierOptions): JournalCarrier {
  async function completeSegments(to: number): Promise<readonly Segment[]> {
    const segments: Segment[] = [];
    for (const name of await fs.list(JOURNAL_FOLDER)) {
      const firstSeq = segmentFirstSeq(name);
      if (firstSeq === undefined || firstSeq > to) continue;
      const path = segmentPath(firstSeq);
      segments.push({ firstSeq, path, sizeBytes: (await fs.info(path))?.sizeBytes ?? 0 });
    }
    return segments.sort((a, b) => a.firstSeq - b.firstSeq);
  }

  /** What the versions of each document hold, as their checksums say now. */
  async function floorsOf(paths: Iterable<string>): Promise<DocumentFloors> {
    const carryAfter: Record<string, number> = {};
    const purgedTo = new Map<string, number>();
    for (const path of paths) {
      const main = await verifiedSeq(fs, path);
      const backup = await verifiedSeq(fs, `${path}.backup`);
      if (main === undefined) continue;
      if (backup !== undefined) carryAfter[path] = Math.min(main, backup);
      const isAlone = backup === undefined && (await fs.info(`${path}.backup`)) === undefined;
      purgedTo.set(path, isAlone ? main : (carryAfter[path] ?? 0));
    }
    return { carryAfter, purgedTo };
  }

  /** `memory`: for reading segments into, one after another. */
  async function archive(segment: Segment, lastSeq: number, memory: Buffer): Promise<void> {
    if (await isCarried(segment.path)) return;
    const span = `${String(segment.firstSeq).padStart(12, "0")}-${String(lastSeq).padStart(12, "0")}`;
    const path = `${HISTORY_FOLDER}/${span}.ndjson.zst`;
    if ((await fs.info(path)) !== undefined) return;
    const whole = await fs.readFile(segment.path, memory);
    const bytes = await compress(whole.subarray(0, endOfLines(whole)), { chunkSize: COMPRESSED_BYTES });
    const file = await fs.open(`${path}.tmp`, "fresh");
    try {
      await writeAll(file, bytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(`${path}.tmp`, path);
    await fs.syncFolder(HISTORY_FOLDER);
  }

  /** A carried segment repeats what the history has already. */
  async function isCarried(path: string): Promise<boolean> {
    const file = await fs.open(path, "read");
    try {
      const start = Buffer.alloc(CARRIED_START.length);
      await file.read(start, 9);
      return start.toString() === CARRIED_START;
    } finally {
      await file.close();
    }
  }

  async function writeCarried(to: number, floors: Readonly<Record<string, number>>): Promise<void> {
    const path = segmentPath(1);
    const temporary = `${path}.tmp`;
    const file = await fs.open(temporary, "fresh");
    try {
      const written = await writeLines(file, to, floors);
      await file.sync();
      if ((await checksumOf(file, 0)) !== written) {
        throw new Error("The carried journal was not written as it was meant; the journal stays.");
      }
    } catch (error) {
      await fs.remove(temporary);
      throw error;
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
    await fs.syncFolder(JOURNAL_FOLDER);
  }

  async function writeLines(
    file: Awaited<ReturnType<FsPort["open"]>>,
    to: number,
    floors: Readonly<Record<string, number>>,
  ): Promise<number> {
    const request = {
      to,
      floors,
      clientsDocument: CLIENTS_DOCUMENT,
      tombstonesDocument: TOMBSTONES_DOCUMENT,
      at: new Date(now()).toISOString(),
    };
    let position = 0;
    let unsynced = 0;
    let checksum = 0;
    const encode = createLineEncoder();
    let lines: string[] = [];
    let length = 0;
    const flush = async () => {
      const bytes = encode(lines);
      lines = [];
      length = 0;
      checksum = crc32(bytes, checksum);
      await writeAll(file, bytes, position);
      position += bytes.length;
      unsynced += bytes.length;
      if (unsynced < SYNC_BYTES) return;
      await file.datasync();
      unsynced = 0;
    };
    for (const json of carriedLines(state, request)) {
      lines.push(json);
      length += json.length;
      if (length >= WRITE_BYTES) await flush();
    }
    await flush();
    return checksum;
  }

  return {
    async carryIfDue(openSegment, known) {
      // Decided before anything is waited for: a segment that is started meanwhile must not be among these.
      const to = openSegment === undefined ? state.seq : openSegment - 1;
      const segments = await completeSegments(to);
      const documentBytes = [...known.values()].reduce((sum, { info }) => sum + info.sizeBytes, 0);
      const journalBytes = segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const last = segments.at(-1);
      if (
        last === undefined ||
        segments.length < 2 ||
        journalBytes < carryBytes + DOCUMENT_SHARE * documentBytes
      )
        return;
      const paths = new Set([...state.homes(), CLIENTS_DOCUMENT, TOMBSTONES_DOCUMENT]);
      const floors = await floorsOf(paths);
      // Fresh memory for each of them would make the collector go through all records several times over.
      const memory = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
      for (const [at, segment] of segments.entries()) {
        const next = segments[at + 1]?.firstSeq ?? to + 1;
        await archive(segment, next - 1, memory);
      }
      await writeCarried(to, floors.carryAfter);
      for (const segment of segments) if (segment.firstSeq !== 1) await fs.remove(segment.path);
      await fs.syncFolder(JOURNAL_FOLDER);
      // Each document needs the tombstones of its own records, however far behind the others are.
      state.trimTombstones(({ seq, home }) => seq <= Math.min(to, floors.purgedTo.get(home) ?? 0));
    },
  };
}
