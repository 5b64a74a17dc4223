import type { StagedCommit } from "../core/staging.ts";
import { journalJson } from "../core/journal-line.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";
import { type FsPort, type OpenFile, systemCode } from "./fs-port.ts";
import { createLineEncoder } from "./journal-codec.ts";

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
  /** Bytes written since the start. */
  writtenBytes(): number;
  /** Ends the segment being written; the next batch starts another. */
  roll(): Promise<void>;
  close(): Promise<void>;
}

const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const BUSY: ReadonlySet<string> = new Set(["EMFILE", "ENFILE"]);

export function createJournalWriter(options: JournalWriterOptions): JournalWriter {
  const { fs, isHeld } = options;
  const encode = createLineEncoder();
  let durableSeq = options.durableSeq;
  let segment: { readonly file: OpenFile; readonly firstSeq: number; sizeBytes: number } | undefined;
  let written = 0;
  let fault: StoreError | undefined;

  function fail(code: StoreErrorCode, cause?: unknown): StoreError {
    fault = new StoreError(code, cause === undefined ? {} : { cause });
    options.onFault(fault);
    return fault;
  }

  async function startSegment(firstSeq: number) {
    const path = segmentPath(firstSeq);
    try {
      const file = await fs.open(path, "journal");
      segment = { file, firstSeq, sizeBytes: 0 };
      await fs.syncFolder(JOURNAL_FOLDER);
      return segment;
    } catch (error) {
      const code = systemCode(error);
      // Somebody else made the very segment that we were about to: the folder is no longer ours.
      if (code === "EEXIST") throw fail("store.lock-lost", error);
      if (segment !== undefined) {
        await segment.file.close();
        segment = undefined;
        await fs.remove(path);
      }
      if (code !== undefined && FULL.has(code)) throw new StoreError("store.full", { cause: error });
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
    if (!isHeld()) throw fail("store.lock-lost");
    const durable = durableSeq;
    const bytes = encode(batch.map(({ seq, body }) => journalJson(seq, durable, body)));
    if (segment !== undefined && segment.sizeBytes >= options.segmentBytes) await roll();
    const target = segment ?? (await startSegment(first.seq));
    const start = target.sizeBytes;
    try {
      await writeAll(target.file, bytes, start);
    } catch (error) {
      await undo(target.file, start, error);
    }
    target.sizeBytes += bytes.length;
    written += bytes.length;
    // The answer counts only if nobody had taken the folder over when the bytes were on disk.
    if (!isHeld()) throw fail("store.lock-lost");
    durableSeq = last.seq;
  }

  /** Cuts back to the last good byte when the disk is full; any other fault ends writing for good. */
  async function undo(file: OpenFile, goodBytes: number, cause: unknown): Promise<never> {
    const code = systemCode(cause);
    if (code === undefined || !FULL.has(code)) throw fail("store.read-only", cause);
    try {
      await file.truncate(goodBytes);
      await file.datasync();
    } catch (error) {
      throw fail("store.read-only", error);
    }
    throw new StoreError("store.full", { cause });
  }

  async function roll(): Promise<void> {
    const done = segment;
    segment = undefined;
    await done?.file.close();
  }

  return {
    append,
    openSegment: () => segment?.firstSeq,
    writtenBytes: () => written,
    roll,
    close: roll,
  };
}

/** Writes all bytes, however few the system takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    const taken = await file.write(bytes.subarray(done), position + done);
    if (taken === 0) throw Object.assign(new Error("The system took no more bytes."), { code: "ENOSPC" });
    done += taken;
  }
}
