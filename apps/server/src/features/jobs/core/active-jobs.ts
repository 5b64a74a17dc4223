import { ACTIVE_JOB_STATUSES, type Job } from "@safelight/shared";
import { wantsCancel } from "./next-action.ts";
import { createJobQueue, type JobQueue } from "./job-queue.ts";

/** The jobs that still move by themselves, kept up to date from the store's commits. Its costs do not grow with the queue. */
export interface ActiveJobs {
  put(job: Job): void;
  remove(id: string): void;
  /** The job is in somebody's hands until it is released. */
  take(id: string): void;
  release(id: string): void;
  /**
   * Jobs that may be taken up now: those under way first, then queued ones in order while their provider has room.
   * @param roomOf How many runs a provider takes at once; 0 while it is paused.
   */
  startable(roomOf: (provider: string) => number): readonly string[];
}

/** What is kept of a job, and how it is counted. */
interface ActiveJob {
  readonly id: string;
  readonly provider: string;
  readonly status: Job["status"];
  readonly wantsCancel: boolean;
  readonly priority: number;
  readonly number: number;
  /** Of what the provider takes at once. */
  readonly isOccupying: boolean;
  readonly place: "queue" | "ready" | "none";
}

export function createActiveJobs(): ActiveJobs {
  const jobs = new Map<string, ActiveJob>();
  const taken = new Set<string>();
  const ready = new Set<string>();
  const queues = new Map<string, JobQueue>();
  const occupied = new Map<string, number>();

  function queueOf(provider: string): JobQueue {
    const known = queues.get(provider);
    if (known !== undefined) return known;
    const queue = createJobQueue();
    queues.set(provider, queue);
    return queue;
  }

  function occupy(provider: string, by: 1 | -1): void {
    occupied.set(provider, (occupied.get(provider) ?? 0) + by);
  }

  function replace(id: string, after: ActiveJob | undefined): void {
    const before = jobs.get(id);
    if (before !== undefined) {
      if (before.isOccupying) occupy(before.provider, -1);
      if (before.place === "queue") queueOf(before.provider).remove(before);
      else if (before.place === "ready") ready.delete(id);
    }
    if (after === undefined) {
      jobs.delete(id);
      return;
    }
    jobs.set(id, after);
    if (after.isOccupying) occupy(after.provider, 1);
    if (after.place === "queue") queueOf(after.provider).add(after);
    else if (after.place === "ready") ready.add(id);
  }

  function recount(id: string): void {
    const job = jobs.get(id);
    if (job !== undefined) replace(id, countJob(job, taken.has(id)));
  }

  return {
    put(job) {
      const { id, provider, status, priority = 0, number = Number.MAX_SAFE_INTEGER } = job;
      if (!ACTIVE_JOB_STATUSES.has(status)) return replace(id, undefined);
      const kept = { id, provider, status, priority, number, wantsCancel: wantsCancel(job) };
      replace(id, countJob(kept, taken.has(id)));
    },
    remove: (id) => replace(id, undefined),
    take(id) {
      taken.add(id);
      recount(id);
    },
    release(id) {
      taken.delete(id);
      recount(id);
    },
    startable(roomOf) {
      const ids = [...ready];
      for (const [provider, queue] of queues) {
        if (queue.size === 0) continue;
        const room = roomOf(provider) - (occupied.get(provider) ?? 0);
        if (room > 0) ids.push(...queue.first(room));
      }
      return ids;
    },
  };
}

function countJob(job: Omit<ActiveJob, "isOccupying" | "place">, isTaken: boolean): ActiveJob {
  const { id, provider, status, priority, number, wantsCancel: isUnwanted } = job;
  const isUnderWay = status === "submitting" || status === "running";
  const isOccupying = (isUnderWay || isTaken) && status !== "downloading";
  const isWaiting = status === "queued" && !isUnwanted;
  const place = isTaken ? "none" : isWaiting ? "queue" : "ready";
  return { id, provider, status, priority, number, wantsCancel: isUnwanted, isOccupying, place };
}
