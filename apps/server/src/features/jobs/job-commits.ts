import type { Job, JobStatus } from "@safelight/shared";
import type { PlannedMutation, Store } from "@safelight/store";
import type { JobPatch } from "./core/next-action.ts";

/** A step of a job that is committed only if the job still stands where the step started. */
export interface JobCommit {
  readonly id: string;
  /** The step is dropped when the job is in another status by now. */
  readonly from: JobStatus;
  readonly patch: JobPatch;
  /** Further condition on the job at the moment of the commit. */
  readonly when?: (job: Job) => boolean;
  /** Records of the same commit, planned against the same state. */
  readonly alongside?: (get: Store["get"]) => readonly PlannedMutation[];
}

/** Commits a step of a job. Resolves to whether it was taken; rejects with the store's errors. */
export async function commitJob(store: Pick<Store, "commit">, step: JobCommit): Promise<boolean> {
  let isTaken = false;
  await store.commit({
    by: "server",
    actor: "server",
    atomicity: "all",
    steps(staged) {
      const job = staged.get("jobs", step.id);
      if (job?.status !== step.from || step.when?.(job) === false) return [];
      isTaken = true;
      const records = step.alongside?.((collection, id) => staged.get(collection, id)) ?? [];
      return [...records, { collection: "jobs", id: step.id, op: "update", set: step.patch }];
    },
  });
  return isTaken;
}
