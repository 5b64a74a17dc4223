import type { Job } from "@safelight/shared";
import { compareNewestFirst, diffRecords } from "./diff-records.ts";
import { isActive } from "./job-status.ts";

/** Follows a list of the sync client and answers the jobs that are under way, newest first, the same list while they are. */
export function createActiveJobs<T extends Job>(): (jobs: readonly T[]) => readonly T[] {
  let known: readonly T[] = [];
  let active: readonly T[] = [];
  return (jobs) => {
    const now = new Map(active.map((job) => [job.id, job]));
    let changed = false;
    diffRecords(known, jobs, (before, after) => {
      if (before !== undefined && now.get(before.id) === before) changed = now.delete(before.id);
      if (after === undefined || !isActive(after)) return;
      now.set(after.id, after);
      changed = true;
    });
    known = jobs;
    if (changed) active = [...now.values()].sort(compareNewestFirst);
    return active;
  };
}
