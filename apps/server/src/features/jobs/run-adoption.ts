import type { ListedRun, RemoteRun } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { createRecordIndex } from "../../records/record-index.ts";
import { REOPENED } from "./core/next-action.ts";
import { commitJob, type JobCommit } from "./job-commits.ts";

/** Which runs of the providers the studio's jobs stand for. */
export interface RunAdoption {
  /** The job of a run, one in the trash included. */
  jobOf(providerId: string, runId: string): Job | undefined;
  /** Runs that no job stands for. */
  unclaimed(providerId: string, runs: readonly ListedRun[]): readonly ListedRun[];
  /**
   * Makes a run the one of an `unknown` job, which then goes on. Resolves to whether it was taken: not when another job
   * has that run, or this one is no longer unknown.
   */
  adopt(job: Pick<Job, "id" | "provider">, remote: RemoteRun): Promise<boolean>;
  /**
   * Keeps which run is the one of a job whose submit is not answered yet. Resolves to whether it was taken: not when another job
   * has that run, or this one is not being sent.
   */
  note(job: Pick<Job, "id" | "provider">, remote: RemoteRun): Promise<boolean>;
}

export function createRunAdoption(store: Store): RunAdoption {
  const keyOf = (providerId: string, runId: string): string => `${providerId} ${runId}`;
  const index = createRecordIndex(store, "jobs", ({ provider, remote }) => {
    const id = remote?.["id"];
    return typeof id === "string" ? keyOf(provider, id) : undefined;
  });
  /** Runs that are being adopted: two who look for the same one must not both get it. */
  const claims = new Set<string>();
  const jobOf = (providerId: string, runId: string): Job | undefined =>
    index.find(keyOf(providerId, runId))[0];

  /** Gives a run to a job, by a step of it, unless it is another one's. */
  async function give(
    { id, provider }: Pick<Job, "id" | "provider">,
    remote: RemoteRun,
    step: Pick<JobCommit, "from" | "patch">,
  ): Promise<boolean> {
    const key = keyOf(provider, remote.id);
    const owner = jobOf(provider, remote.id);
    if (claims.has(key) || (owner !== undefined && owner.id !== id)) return false;
    claims.add(key);
    try {
      return await commitJob(store, { id, ...step });
    } finally {
      claims.delete(key);
    }
  }

  return {
    jobOf,
    unclaimed: (providerId, runs) => runs.filter(({ remote }) => jobOf(providerId, remote.id) === undefined),
    adopt: async (job, remote) =>
      give(job, remote, { from: "unknown", patch: { ...REOPENED, status: "running", remote } }),
    note: async (job, remote) => give(job, remote, { from: "submitting", patch: { remote } }),
  };
}
