import { type Job, repeatOf } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { inSlices } from "../../../domain/in-slices.ts";
import { isActive } from "../../../domain/job-status.ts";

export type BulkClient = Pick<SyncClient, "get" | "create" | "update" | "delete" | "restore">;

/** The jobs of these ids that are outside the trash. */
export function jobsOf(client: Pick<SyncClient, "get">, ids: Iterable<string>): readonly Job[] {
  return Array.from(ids).flatMap((id) => {
    const job = client.get("jobs", id);
    return job === undefined || job.deletedAt !== undefined ? [] : [job];
  });
}

/** Asks for those under way to be cancelled; answers how many there were. */
export async function cancelJobs(client: BulkClient, ids: Iterable<string>): Promise<number> {
  const open = jobsOf(client, ids).filter((job) => isActive(job) && job.cancelRequested !== true);
  await inSlices(open, ({ id }) => void client.update("jobs", id, { cancelRequested: true }));
  return open.length;
}

/** Moves those that have ended to the trash; what is under way stays. */
export async function trashJobs(
  client: BulkClient,
  ids: Iterable<string>,
): Promise<{ readonly count: number; readonly kept: number; readonly undo: () => Promise<void> }> {
  const jobs = jobsOf(client, ids);
  const ended = jobs.filter((job) => !isActive(job)).map(({ id }) => id);
  await inSlices(ended, (id) => void client.delete("jobs", id));
  return {
    count: ended.length,
    kept: jobs.length - ended.length,
    undo: () => inSlices(ended, (id) => void client.restore("jobs", id)),
  };
}

/** Asks for the same work of each once more, in the order in which it was asked for before. */
export async function repeatJobs(client: BulkClient, jobs: readonly Job[]): Promise<void> {
  const oldestFirst = jobs.toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
  await inSlices(oldestFirst, (job) => void client.create("jobs", repeatOf(job)));
}
