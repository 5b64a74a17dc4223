import { ACTIVE_JOB_STATUSES, type Job } from "@safelight/shared";
import { wantsCancel } from "./next-action.ts";

/** What the queue needs to know of a job. */
export interface ActiveJob {
  readonly id: string;
  readonly provider: string;
  readonly number: number;
  readonly status: Job["status"];
  readonly wantsCancel: boolean;
}

/** What can be taken up: `roomOf` is the number of runs that a provider takes at once. */
export interface JobCapacity {
  readonly isTaken: (id: string) => boolean;
  readonly roomOf: (provider: string) => number;
}

/** The jobs that still move by themselves, kept up to date from the store's commits. */
export interface ActiveJobs {
  put(job: Job): void;
  remove(id: string): void;
  /** Jobs that may be taken up now: those under way first, then queued ones in order while their provider has room. */
  startable(capacity: JobCapacity): readonly string[];
}

export function createActiveJobs(): ActiveJobs {
  const jobs = new Map<string, ActiveJob>();

  function startable({ isTaken, roomOf }: JobCapacity): readonly string[] {
    const ready: string[] = [];
    const queued: ActiveJob[] = [];
    const used = new Map<string, number>();
    for (const job of jobs.values()) {
      const occupies = job.status === "submitting" || job.status === "running" || isTaken(job.id);
      if (occupies && job.status !== "downloading") used.set(job.provider, (used.get(job.provider) ?? 0) + 1);
      if (isTaken(job.id)) continue;
      if (job.status !== "queued" || job.wantsCancel) ready.push(job.id);
      else queued.push(job);
    }
    queued.sort((one, other) => one.number - other.number || (one.id < other.id ? -1 : 1));
    for (const job of queued) {
      const inUse = used.get(job.provider) ?? 0;
      if (inUse >= roomOf(job.provider)) continue;
      used.set(job.provider, inUse + 1);
      ready.push(job.id);
    }
    return ready;
  }

  return {
    put(job) {
      if (!ACTIVE_JOB_STATUSES.has(job.status)) {
        jobs.delete(job.id);
        return;
      }
      const { id, provider, number = Number.MAX_SAFE_INTEGER, status } = job;
      jobs.set(id, { id, provider, number, status, wantsCancel: wantsCancel(job) });
    },
    remove: (id) => void jobs.delete(id),
    startable,
  };
}
