import type { Job, JsonObject } from "@safelight/shared";

/** What a job needs next. `recover`: it was being submitted and nobody knows how that ended. */
export type JobAction = "cancel-unsent" | "submit" | "recover" | "follow" | "download" | "rest";

/** Decides by the record alone, so that a job goes on after any restart from where it stood. */
export function nextAction(job: Pick<Job, "status" | "cancelRequested" | "deletedAt">): JobAction {
  switch (job.status) {
    case "queued":
      return wantsCancel(job) ? "cancel-unsent" : "submit";
    case "submitting":
      return "recover";
    case "running":
      return "follow";
    case "downloading":
      return "download";
    case "succeeded":
    case "failed":
    case "canceled":
    case "unknown":
      return "rest";
  }
}

/** Somebody asked for it, or put the job in the trash while it was under way. */
export function wantsCancel(job: Pick<Job, "cancelRequested" | "deletedAt">): boolean {
  return job.cancelRequested === true || job.deletedAt !== undefined;
}

/** The fields that a step of the runner sets in a job; `null` removes one. */
export type JobPatch = JsonObject;

/** A job that is over: when, and how long it took since its submit. */
export function ending(job: Pick<Job, "startTime">, nowMs: number): JobPatch {
  const seconds = job.startTime === undefined ? 0 : Math.max(0, nowMs - job.startTime) / 1000;
  return { endTime: nowMs, duration: Math.round(seconds * 1000) / 1000, step: null };
}

/** A job that goes back to the queue as if it had never been sent. */
export const REQUEUED: JobPatch = {
  status: "queued",
  progress: 0,
  step: null,
  remote: null,
  startTime: null,
  error: null,
  charge: { state: "none" },
  estimate: null,
};

/** A job that goes on after it was over: `running` or `downloading` follow. */
export const REOPENED: JobPatch = { endTime: null, duration: null, error: null };
