import { createBlockingWrites } from "../core/blocking-writes.ts";
import { journalJson } from "../core/journal-line.ts";
import type { StagedCommit } from "../core/staging.ts";
import { giveWay } from "../give-way.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";
import { type FsPort, type OpenFile, systemCode } from "./fs-port.ts";
import { createLineEncoder } from "./journal-codec.ts";
import { createJournalSegment, DISK_FULL, type JournalSegment } from "./journal-segment.ts";

export const JOURNAL_FOLDER = "journal";

/** A segment's name sorts as its first `seq` does. */
export function segmentPath(firstSeq: number): string {
  return `${JOURNAL_FOLDER}/${String(firstSeq).padStart(12, "0")}.ndjson`;
}

/** First `seq` of a segment by its file name, or `undefined` for another file. */
export function segmentFirstSeq(name: string): number | undefined {
  const match = /^(\d{1,16})\.ndjson$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

export interface JournalWriterOptions {
  readonly fs: FsPort;
  readonly durableSeq: number;
  readonly segmentBytes: number;
  /** Whether the folder is still ours: asked before and after each write. */
  readonly isHeld: () => boolean;
  /** Called once, when nothing may be written any more. */
  readonly onFault: (error: StoreError) => void;
}

export interface JournalWriter {
  /** Makes a batch durable in one write, or throws a `StoreError` with nothing of it left behind. */
  append(batch: readonly StagedCommit[]): Promise<void>;
  /** First `seq` of the segment being written; segments before it are complete. `undefined` between segments. */
  openSegment(): number | undefined;
  /** Ends the segment being written; the next batch starts another. */
  roll(): Promise<void>;
  close(): Promise<void>;
}

const BUSY: ReadonlySet<string> = new Set(["EMFILE", "ENFILE"]);
/** A look at the lock that is not older than this need not be taken again before a write. */
const FRESH_LOOK_MS = 1;
/** Longest write that the event loop may stand still for. */
const MOST_BLOCKING_BYTES = 16 * 1024;
/** Such writes on end give the event loop a turn after this long. */
const MOST_WITHOUT_TURN_MS = 1;

export function createJournalWriter(options: JournalWriterOptions): JournalWriter {
  const { fs, isHeld } = options;
  const encode = createLineEncoder();
  let durableSeq = options.durableSeq;
  const blocking = createBlockingWrites();
  let segment: JournalSegment | undefined;
  let fault: StoreError | undefined;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let turnedAtMs = Number.NEGATIVE_INFINITY;

  function fail(code: StoreErrorCode, cause?: unknown): StoreError {
    if (fault !== undefined) return fault;
    fault = new StoreError(code, cause === undefined ? {} : { cause });
    options.onFault(fault);
    return fault;
  }

  async function startSegment(firstSeq: number): Promise<JournalSegment> {
    const path = segmentPath(firstSeq);
    let file: OpenFile | undefined;
    try {
      file = await fs.open(path, "journal");
      await fs.syncFolder(JOURNAL_FOLDER);
      return createJournalSegment({
        file,
        firstSeq,
        segmentBytes: options.segmentBytes,
        onFault: (error) => void fail("store.read-only", error),
      });
    } catch (error) {
      const code = systemCode(error);
      // Somebody else made the very segment that we were about to: the folder is no longer ours.
      if (code === "EEXIST") throw fail("store.lock-lost", error);
      if (file !== undefined) {
        await file.close();
        await fs.remove(path);
      }
      if (code !== undefined && DISK_FULL.has(code)) throw new StoreError("store.full", { cause: error });
      if (code !== undefined && BUSY.has(code)) throw new StoreError("store.busy", { cause: error });
      if (code === "EIO") throw fail("store.read-only", error);
      throw new StoreError("store.read-only", {
        detail: `The journal cannot be written (${code ?? "unknown"}). Check the folder's permissions.`,
        cause: error,
      });
    }
  }

  async function append(batch: readonly StagedCommit[]): Promise<void> {
    if (fault !== undefined) throw fault;
    const first = batch[0];
    const last = batch.at(-1);
    if (first === undefined || last === undefined) return;
    // Right after a look nobody can have been kept from running for long: the look after the write decides.
    if (performance.now() - lookedAtMs > FRESH_LOOK_MS && !isHeld()) throw fail("store.lock-lost");
    const durable = durableSeq;
    const bytes = encode(batch.map(({ seq, body }) => journalJson(seq, durable, body)));
    if (segment !== undefined && segment.sizeBytes >= options.segmentBytes) await roll();
    segment ??= await startSegment(first.seq);
    try {
      if (batch.length > 1 || !(await writeNow(segment, bytes))) await segment.append(bytes);
    } catch (error) {
      await undo(segment, error);
    }
    // Room that could not be made ready tells the same about the disk as a failed write.
    if (fault !== undefined) throw fault;
    // The answer counts only if nobody had taken the folder over when the bytes were on disk.
    if (!isHeld()) throw fail("store.lock-lost");
    lookedAtMs = performance.now();
    durableSeq = last.seq;
  }

  /** Writes a lone commit without the help of another thread, where that is quick; resolves to whether it did. */
  async function writeNow(target: JournalSegment, bytes: Buffer): Promise<boolean> {
    if (bytes.length > MOST_BLOCKING_BYTES || !blocking.mayBlock()) return false;
    const startedMs = performance.now();
    if (!target.appendNow(bytes)) return false;
    const endedMs = performance.now();
    blocking.note(endedMs - startedMs);
    // One after another, such writes would leave no turn of the event loop to anybody else. A turn after each takes a tenth of its time.
    if (endedMs - turnedAtMs > MOST_WITHOUT_TURN_MS) {
      await giveWay();
      turnedAtMs = performance.now();
    }
    return true;
  }

  /** Cuts back to the last good byte when the disk is full; any other fault ends writing for good. */
  async function undo(target: JournalSegment, cause: unknown): Promise<never> {
    const code = systemCode(cause);
    if (code === undefined || !DISK_FULL.has(code)) throw fail("store.read-only", cause);
    try {
      await target.cutBack();
    } catch (error) {
      throw fail("store.read-only", error);
    }
    throw new StoreError("store.full", { cause });
  }

  async function roll(): Promise<void> {
    const done = segment;
    segment = undefined;
    // A file that the disk failed at, or that somebody else may hold by now, is left alone.
    await (fault === undefined ? done?.finish() : done?.abandon());
  }

  return {
    append,
    openSegment: () => segment?.firstSeq,
    roll,
    close: roll,
  };
}
