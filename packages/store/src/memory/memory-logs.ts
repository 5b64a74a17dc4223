import {
  endsCut,
  isLogId,
  LOG_PAGE_BYTES,
  MAX_LOG_BYTES,
  planAddition,
  linesFrom,
} from "../core/log-text.ts";
import type { LogStore } from "../log-store.ts";
import type { StoreError } from "../store-error.ts";

export interface MemoryLogsOptions {
  readonly now: () => number;
  readonly refusal: () => StoreError | undefined;
  /** Whether there is such a job. */
  readonly isKnown: (jobId: string) => boolean;
  readonly maxBytes?: number;
}

/** Logs that live as long as the process. */
export function createMemoryLogs(options: MemoryLogsOptions): LogStore {
  const { now, refusal, isKnown, maxBytes = MAX_LOG_BYTES } = options;
  const logs = new Map<string, Buffer>();

  return {
    async append(jobId, ...lines) {
      const refused = refusal();
      if (refused !== undefined) throw refused;
      if (!isLogId(jobId) || !isKnown(jobId) || lines.length === 0) return;
      const before = logs.get(jobId) ?? Buffer.alloc(0);
      if (endsCut(before.subarray(-LOG_PAGE_BYTES))) return;
      const at = new Date(now()).toISOString();
      const { bytes } = planAddition(lines, { sizeBytes: before.length, maxBytes, at });
      logs.set(jobId, Buffer.concat([before, bytes]));
    },
    async read(jobId, after = 0) {
      const log = logs.get(jobId) ?? Buffer.alloc(0);
      const wanted = Math.min(Math.max(0, after), log.length);
      const page = linesFrom(log.subarray(0, wanted + LOG_PAGE_BYTES), wanted);
      const { lines, end } = page.end === wanted ? linesFrom(log, wanted) : page;
      return { lines, nextOffset: end, size: log.length };
    },
    async remove(jobId) {
      logs.delete(jobId);
    },
  };
}
