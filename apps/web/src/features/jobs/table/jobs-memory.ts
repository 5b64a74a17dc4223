import type { SyncClient } from "@safelight/sync";
import { createJobTally, type JobTally } from "../figures/job-tally.ts";
import { createJobList, type JobList } from "./job-list.ts";
import { createJobStore, type JobStore } from "./job-store.ts";

/** What was made of the jobs, kept while other rooms are shown: coming back costs what changed meanwhile. */
export interface JobsMemory {
  readonly store: JobStore;
  readonly list: JobList;
  readonly tally: JobTally;
}

const memories = new WeakMap<SyncClient, JobsMemory>();

/** The one memory of a client. */
export function jobsMemory(client: SyncClient): JobsMemory {
  const known = memories.get(client);
  if (known !== undefined) return known;
  const store = createJobStore({
    client,
    nowMs: () => performance.now(),
    later: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const made = { store, list: createJobList(), tally: createJobTally() };
  memories.set(client, made);
  return made;
}
