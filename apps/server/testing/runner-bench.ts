import type { Provider } from "@safelight/providers";
import type { Job, JobStatus, JsonObject } from "@safelight/shared";
import { createMemoryStore, type Store } from "@safelight/store";
import { createJobRunner, type JobRunner } from "../src/features/jobs/job-runner.ts";
import type { RunnerPorts, RunnerTimings } from "../src/features/jobs/job-drive.ts";

/** A memory store, a provider, and runners that come and go over them. */
export interface RunnerBench {
  readonly store: Store;
  /** Starts a runner: the first one, or one after a crash. */
  start(): JobRunner;
  addJob(id: string, fields?: JsonObject): Promise<void>;
  /** Puts a job into a state as a runner before would have left it. */
  addJobAt(id: string, fields: JsonObject): Promise<void>;
  /** Sets fields as a client would. */
  edit(id: string, set: JsonObject): Promise<void>;
  job(id: string): Job;
  /** Resolves when the job has this status; rejects after five seconds. */
  reach(id: string, status: JobStatus): Promise<Job>;
  /** Every status that a job was committed with, repetitions left out. */
  trail(id: string): readonly JobStatus[];
  close(): Promise<void>;
}

const TIMINGS: Partial<RunnerTimings> = { retry: { baseMs: 5, maxMs: 20 }, stopGraceMs: 50 };

export function createRunnerBench(
  provider: Provider,
  {
    store = createMemoryStore(),
    timings = {},
    ports = {},
  }: { store?: Store; timings?: Partial<RunnerTimings>; ports?: Partial<RunnerPorts> } = {},
): RunnerBench {
  const runners: JobRunner[] = [];
  const trails = new Map<string, JobStatus[]>();
  store.subscribe((commit) => {
    for (const { collection, id } of commit.changes) {
      const status = collection === "jobs" ? store.get("jobs", id)?.status : undefined;
      if (status === undefined) continue;
      const trail = trails.get(id) ?? [];
      trails.set(id, trail);
      if (trail.at(-1) !== status) trail.push(status);
    }
  });

  async function commit(
    id: string,
    op: "create" | "update",
    set: JsonObject,
    isServer = false,
  ): Promise<void> {
    const by = isServer ? "server" : "http";
    const actor = isServer ? "server" : "client";
    await store.commit({ by, actor, atomicity: "all", steps: [{ collection: "jobs", id, op, set }] });
  }

  const bench: RunnerBench = {
    store,
    start() {
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const providers = new Map([[provider.capabilities.id, provider]]);
      const runner = createJobRunner({
        store,
        providers,
        log,
        ...ports,
        timings: { ...TIMINGS, ...timings },
      });
      runners.push(runner);
      runner.start();
      return runner;
    },
    addJob: (id, fields = {}) => commit(id, "create", { ...newJob(provider), ...fields }),
    addJobAt: (id, fields) => commit(id, "create", { ...newJob(provider), ...fields }, true),
    edit: (id, set) => commit(id, "update", set),
    job(id) {
      const job = store.get("jobs", id);
      if (job === undefined) throw new Error(`There is no job ${id}.`);
      return job;
    },
    async reach(id, status) {
      const deadline = performance.now() + 5000;
      while (store.get("jobs", id)?.status !== status) {
        if (performance.now() > deadline) {
          throw new Error(`${id} is ${store.get("jobs", id)?.status ?? "missing"}, not ${status}.`);
        }
        await pause(2);
      }
      return bench.job(id);
    },
    trail: (id) => trails.get(id) ?? [],
    async close() {
      await Promise.all(runners.map((runner) => runner.stop()));
      await store.close();
    },
  };
  return bench;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function newJob(provider: Provider): JsonObject {
  return { kind: "image", provider: provider.capabilities.id, prompt: "a quiet sea", params: { steps: 4 } };
}
