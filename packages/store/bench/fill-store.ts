import { openFileStore, type Store } from "../src/index.ts";
import { jobFields, jobId, progressOf } from "./sample-job.ts";

const STEPS_PER_COMMIT = 500;

/** Opens a store in a fresh folder and puts jobs into it. */
export async function openFilledStore(folder: string, records: number): Promise<Store> {
  const store = await openFileStore({ dataDir: folder });
  for (let start = 0; start < records; start += STEPS_PER_COMMIT) {
    const count = Math.min(STEPS_PER_COMMIT, records - start);
    await store.commit({
      by: "bench",
      actor: "server",
      atomicity: "all",
      steps: Array.from({ length: count }, (_, at) => ({
        op: "create" as const,
        collection: "jobs" as const,
        id: jobId(start + at),
        set: { ...jobFields(start + at), status: "running", ...progressOf(0) },
      })),
    });
  }
  await store.checkpoint();
  return store;
}

/** One durable upsert of one job. */
export async function upsertJob(store: Store, at: number, operation: number): Promise<void> {
  await store.commit({
    by: "bench",
    actor: "server",
    atomicity: "all",
    steps: [{ op: "update", collection: "jobs", id: jobId(at), set: progressOf(operation) }],
  });
}
