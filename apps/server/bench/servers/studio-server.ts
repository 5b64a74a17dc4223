/**
 * The whole server as `main.ts` builds it, over files in a folder, filled with jobs that are done: `node
 * studio-server.ts FOLDER RECORDS`. Its one provider takes a single run and never ends it, so that the runner is there
 * and jobs are only queued.
 */
import { openFileStore, type Store } from "@safelight/store";
import { jobFields, jobId } from "../../../../packages/store/bench/sample-job.ts";
import { buildApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createScriptedProvider } from "../../testing/scripted-provider.ts";

const RECORDS_PER_COMMIT = 500;

const [dataDir = "", records = "0"] = process.argv.slice(2);
const store = await openFileStore({ dataDir });
await fill(store, Number(records));
const provider = createScriptedProvider({ concurrency: 1, pollEveryMs: 3_600_000 });
const app = await buildApp({
  config: readConfig({ LOG_LEVEL: "silent" }, { dataDir }),
  store,
  providers: new Map([[provider.capabilities.id, provider]]),
});
process.once("disconnect", () => {
  void app.close().then(() => store.close());
});
process.send?.(await app.listen({ host: "127.0.0.1", port: 0 }));

async function fill(target: Store, count: number): Promise<void> {
  for (let start = 0; start < count; start += RECORDS_PER_COMMIT) {
    const length = Math.min(RECORDS_PER_COMMIT, count - start);
    await target.commit({
      by: "bench",
      actor: "server",
      atomicity: "all",
      steps: Array.from({ length }, (_, at) => ({
        op: "create" as const,
        collection: "jobs" as const,
        id: jobId(start + at),
        set: { ...jobFields(start + at), status: "succeeded", progress: 1, step: "done" },
      })),
    });
  }
}
