import { roomToPrepare } from "../core/journal-room.ts";
import { type OpenFile, systemCode } from "./fs-port.ts";
import { writeAll, writeAllNow } from "./write-all.ts";

/** What the system says where no room is left for a file. */
export const DISK_FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export interface JournalSegmentOptions {
  /** Open for the journal: each write is durable when it returns. */
  readonly file: OpenFile;
  readonly firstSeq: number;
  /** Size at which the segment will be ended. */
  readonly segmentBytes: number;
  /** Called when room could not be made ready for another reason than a full disk. */
  readonly onFault: (error: unknown) => void;
}

/**
 * The segment being written. Ahead of small batches it holds zeros, which they are written over: that spares each of them
 * the change of the file's size. Zeros after the last line are no part of the journal; they are cut off at its end.
 */
export interface JournalSegment {
  readonly firstSeq: number;
  /** Where the lines end. */
  readonly sizeBytes: number;
  /** Resolves when the bytes are durable. A failure may leave some of them: `cutBack` removes these. */
  append(bytes: Buffer): Promise<void>;
  /** The same before it returns, if room is ready for the bytes: `false` when it is not, and nothing was written. */
  appendNow(bytes: Buffer): boolean;
  /** Cuts off what a failed append left, durably. */
  cutBack(): Promise<void>;
  /** Ends the segment after its last line. */
  finish(): Promise<void>;
  /** Leaves the file as it is. */
  abandon(): Promise<void>;
}

export function createJournalSegment(options: JournalSegmentOptions): JournalSegment {
  const { file, firstSeq, segmentBytes } = options;
  let sizeBytes = 0;
  /** Zeros stand durably up to here. */
  let roomBytes = 0;
  /** Nothing of the file stands beyond this. */
  let endBytes = 0;
  let preparing: Promise<void> | undefined;
  let mayPrepare = true;

  function noteTaken(bytes: Buffer): void {
    sizeBytes += bytes.length;
    roomBytes = Math.max(roomBytes, sizeBytes);
    endBytes = Math.max(endBytes, sizeBytes);
    if (!mayPrepare || preparing !== undefined) return;
    const wanted = roomToPrepare({ sizeBytes, roomBytes, batchBytes: bytes.length, segmentBytes });
    if (wanted > 0) preparing = prepare(wanted);
  }

  async function prepare(wanted: number): Promise<void> {
    endBytes = Math.max(endBytes, roomBytes + wanted);
    try {
      await writeAll(file, Buffer.alloc(wanted), roomBytes);
      roomBytes += wanted;
    } catch (error) {
      mayPrepare = false;
      // On a full disk the segment grows as it can; what was taken of the zeros is written over like others.
      if (!DISK_FULL.has(systemCode(error) ?? "")) options.onFault(error);
    } finally {
      preparing = undefined;
    }
  }

  return {
    firstSeq,
    get sizeBytes() {
      return sizeBytes;
    },
    async append(bytes) {
      // Zeros on their way must not reach the file after these bytes.
      if (sizeBytes + bytes.length > roomBytes) await preparing;
      await writeAll(file, bytes, sizeBytes);
      noteTaken(bytes);
    },
    appendNow(bytes) {
      // A write beside one that makes the file grow waits for it, and the event loop must not.
      if (preparing !== undefined || sizeBytes + bytes.length > roomBytes) return false;
      writeAllNow(file, bytes, sizeBytes);
      noteTaken(bytes);
      return true;
    },
    async cutBack() {
      await preparing;
      await file.truncate(sizeBytes);
      roomBytes = sizeBytes;
      endBytes = sizeBytes;
      await file.datasync();
    },
    async finish() {
      await preparing;
      try {
        if (endBytes > sizeBytes) {
          await file.truncate(sizeBytes);
          await file.datasync();
        }
      } catch {
        // Zeros that stay do no harm: whoever reads a segment knows where its lines end.
      } finally {
        await file.close();
      }
    },
    async abandon() {
      await preparing;
      await file.close();
    },
  };
}
