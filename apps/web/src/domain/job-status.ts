import type { Job, JobStatus } from "@safelight/shared";
import { ACTIVE_JOB_STATUSES } from "@safelight/shared";
import type { Tone } from "./status-words.ts";

const WORDS: Readonly<Record<JobStatus, { readonly word: string; readonly tone: Tone }>> = {
  queued: { word: "Queued", tone: "faint" },
  submitting: { word: "Starting", tone: "accent" },
  running: { word: "Running", tone: "accent" },
  downloading: { word: "Saving the result", tone: "info" },
  succeeded: { word: "Succeeded", tone: "ok" },
  failed: { word: "Failed", tone: "bad" },
  canceled: { word: "Canceled", tone: "faint" },
  unknown: { word: "Unknown", tone: "warn" },
};

/** A job's status in a word. `number` is given by the server: a job without one has not reached it. */
export function jobStatusWords(job: Pick<Job, "status" | "cancelRequested" | "number">): {
  readonly word: string;
  readonly tone: Tone;
} {
  if (isActive(job) && job.cancelRequested === true) return { word: "Canceling", tone: "warn" };
  if (job.status === "queued" && job.number === undefined) return { word: "On this device", tone: "info" };
  return WORDS[job.status];
}

/** Whether a job still moves on by itself. */
export function isActive(job: Pick<Job, "status">): boolean {
  return ACTIVE_JOB_STATUSES.has(job.status);
}

/** Every status with its word, for a filter. */
export const JOB_STATUS_OPTIONS = (Object.keys(WORDS) as JobStatus[]).map((value) => ({
  value,
  label: WORDS[value].word,
}));
