import type { JsonObject } from "@safelight/shared";

/** One thing that happened to a job. The store asks for nothing more than an object. */
export type LogLine = JsonObject;

/** Lines of a log from a place in it on. */
export interface LogPage {
  /** Oldest first. A line that is not readable any more is `{kind: "unreadable"}`. */
  readonly lines: readonly LogLine[];
  /** Where to go on, in bytes; the same as asked for when there is nothing whole beyond it yet. */
  readonly nextOffset: number;
  /** Size of the whole log, in bytes. */
  readonly size: number;
}

/**
 * What happened to jobs, line by line. Beside the commits, not in them: a log is as durable as the system's own memory of files, so a
 * process that dies loses nothing of it and a loss of power the last moments.
 */
export interface LogStore {
  /**
   * Adds lines to a job's log, in the order of the calls. What goes beyond the log's limit is not kept, and a last line says so. Does
   * nothing for a job that is not there (any more).
   */
  append(jobId: string, ...lines: readonly LogLine[]): Promise<void>;
  /** Whole lines from a byte offset on, a page at a time. A job without a log has an empty one. */
  read(jobId: string, after?: number): Promise<LogPage>;
  /** Not an error when there is none. */
  remove(jobId: string): Promise<void>;
}
