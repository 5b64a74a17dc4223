import {
  endsCut,
  isLogId,
  linesFrom,
  LOG_PAGE_BYTES,
  MAX_LOG_BYTES,
  planAddition,
  wholeLines,
} from "../core/log-text.ts";
import { createKeyedTurns } from "../keyed-turns.ts";
import type { LogLine, LogPage, LogStore } from "../log-store.ts";
import type { StoreError } from "../store-error.ts";
import type { FsPort } from "./fs-port.ts";
import { writeAll } from "./write-all.ts";
import { storeErrorOf } from "./store-error-of.ts";

const LOGS_FOLDER = "logs";
/** Logs whose ends are remembered. */
const MAX_REMEMBERED = 1000;

export interface FileLogsOptions {
  readonly fs: FsPort;
  /** Current time in epoch ms. */
  readonly now: () => number;
  /** The error that a write gets now; `undefined` while it is welcome. */
  readonly refusal: () => StoreError | undefined;
  /** Whether there is such a job. */
  readonly isKnown: (jobId: string) => boolean;
  readonly maxBytes?: number;
}

export interface FileLogs extends LogStore {
  /** Resolves when all that was asked for is done. */
  idle(): Promise<void>;
}

interface LogEnd {
  readonly sizeBytes: number;
  readonly isCut: boolean;
}

/** One file a job, only ever written at its end. */
export function createFileLogs(options: FileLogsOptions): FileLogs {
  const { fs, now, refusal, isKnown, maxBytes = MAX_LOG_BYTES } = options;
  const ends = new Map<string, LogEnd>();
  const turns = createKeyedTurns();

  async function add(jobId: string, lines: readonly LogLine[]): Promise<void> {
    const refused = refusal();
    if (refused !== undefined) throw refused;
    if (!isKnown(jobId)) return;
    try {
      const end = ends.get(jobId) ?? (await findEnd(jobId));
      if (end.isCut) return remember(jobId, end);
      const at = new Date(now()).toISOString();
      const { bytes, isCut } = planAddition(lines, { sizeBytes: end.sizeBytes, maxBytes, at });
      const file = await fs.open(pathOf(jobId), "write");
      try {
        await writeAll(file, bytes, end.sizeBytes);
      } finally {
        await file.close();
      }
      remember(jobId, { sizeBytes: end.sizeBytes + bytes.length, isCut });
    } catch (error) {
      // How much of it is there is not known: the next one looks.
      ends.delete(jobId);
      throw storeErrorOf(error);
    }
  }

  /** Where the next line goes. Makes the file if there is none, and cuts off what a crash left of a line. */
  async function findEnd(jobId: string): Promise<LogEnd> {
    const path = pathOf(jobId);
    const info = await fs.info(path);
    if (info !== undefined && info.kind !== "file") throw new Error(`${path} is a ${info.kind}, not a file.`);
    if (info === undefined) {
      await fs.makeFolder(LOGS_FOLDER);
      await (await fs.open(path, "fresh")).close();
      return { sizeBytes: 0, isCut: false };
    }
    const bytes = await fs.readFile(path);
    const { taken } = wholeLines(bytes);
    if (taken < bytes.length) {
      const file = await fs.open(path, "write");
      try {
        await file.truncate(taken);
      } finally {
        await file.close();
      }
    }
    return { sizeBytes: taken, isCut: endsCut(bytes.subarray(Math.max(0, taken - LOG_PAGE_BYTES), taken)) };
  }

  function remember(jobId: string, end: LogEnd): void {
    if (ends.size >= MAX_REMEMBERED) ends.clear();
    ends.set(jobId, end);
  }

  async function read(jobId: string, after: number): Promise<LogPage> {
    const path = pathOf(jobId);
    const size = (await fs.info(path))?.sizeBytes ?? 0;
    const wanted = Math.min(Math.max(0, after), size);
    if (wanted === size) return { lines: [], nextOffset: size, size };
    const file = await fs.open(path, "read");
    try {
      // One byte before tells whether a line begins here.
      const from = Math.max(0, wanted - 1);
      for (let length = LOG_PAGE_BYTES; ; length = size) {
        const window = Buffer.alloc(Math.min(length, size - from));
        const filled = window.subarray(0, await file.read(window, from));
        const { lines, end } = linesFrom(filled, wanted - from);
        // A line longer than a page is read whole.
        if (end === wanted - from && from + window.length < size) continue;
        return { lines, nextOffset: from + end, size };
      }
    } finally {
      await file.close();
    }
  }

  return {
    async append(jobId, ...lines) {
      if (isLogId(jobId) && lines.length > 0) await turns.take(jobId, () => add(jobId, lines));
    },
    async read(jobId, after = 0) {
      if (!isLogId(jobId)) return { lines: [], nextOffset: 0, size: 0 };
      try {
        return await read(jobId, after);
      } catch (error) {
        throw storeErrorOf(error);
      }
    },
    async remove(jobId) {
      if (!isLogId(jobId)) return;
      await turns.take(jobId, async () => {
        ends.delete(jobId);
        await fs.remove(pathOf(jobId));
      });
    },
    idle: () => turns.idle(),
  };
}

function pathOf(jobId: string): string {
  return `${LOGS_FOLDER}/${jobId}.ndjson`;
}
