import { createProviders } from "@safelight/providers";
import type { FakeServer } from "@safelight/providers/testing";
import type { GeneratedContent, Job, JobStatus, JsonObject } from "@safelight/shared";
import { createMemoryStore, createNodeFs } from "@safelight/store";
import { createProviderHosts } from "../src/providers/provider-hosts.ts";
import { openStudioSecrets } from "../src/providers/studio-secrets.ts";
import type { RunnerTimings } from "../src/features/jobs/job-drive.ts";
import { createTestApp, type TestApp } from "./create-test-app.ts";
import { environmentOf, FAKE_KINDS, type FakeId, fakeJob } from "./fake-providers.ts";
import { makeTempDir } from "./temp-dir.ts";

/** A whole studio whose paid providers are fakes on this machine. */
export interface FakeStudio extends TestApp {
  fake(id: FakeId): FakeServer;
  /** Queues a job of that provider. */
  post(id: FakeId, fields?: JsonObject): Promise<Job>;
  job(id: string): Job;
  /** Resolves when the job has this status, asking the provider again and again; rejects after ten seconds. */
  reach(id: string, ...statuses: readonly JobStatus[]): Promise<Job>;
  contents(job: Job): readonly GeneratedContent[];
}

export interface FakeStudioOptions {
  readonly publicUrl?: string;
  readonly timings?: Partial<RunnerTimings>;
  /** Fakes of another kind than usual. */
  readonly fakes?: Partial<Record<FakeId, () => Promise<FakeServer>>>;
}

const HURRIED: Partial<RunnerTimings> = {
  retry: { baseMs: 10, maxMs: 100 },
  stopGraceMs: 200,
  reportEveryMs: 10,
  trainingPollMs: 50,
};
const REACH_MS = 10_000;

export async function startFakeStudio(
  ids: readonly FakeId[],
  { publicUrl, timings = {}, fakes: kinds = {} }: FakeStudioOptions = {},
): Promise<FakeStudio> {
  const started = await Promise.all(
    ids.map(async (id) => [id, await (kinds[id] ?? FAKE_KINDS[id].create)()] as const),
  );
  const fakes = new Map<string, FakeServer>(started);
  const folder = makeTempDir();
  const store = createMemoryStore();
  const fs = createNodeFs(folder.path);
  const secrets = await openStudioSecrets(fs);
  const env = environmentOf(fakes);
  const hosts = createProviderHosts({ store, fs, secrets, env });
  const all = createProviders(hosts.hostOf);
  hosts.bind(all);
  const providers = [...all.values()];
  const app = await createTestApp({
    store,
    providers,
    env,
    secrets,
    jobs: { timings: { ...HURRIED, ...timings } },
    config: { dataDir: folder.path, publicUrl },
  });
  const job = (id: string): Job => {
    const found = store.get("jobs", id);
    if (found === undefined) throw new Error(`There is no job ${id}.`);
    return found;
  };
  return {
    ...app,
    fake(id) {
      const fake = fakes.get(id);
      if (fake === undefined) throw new Error(`There is no fake ${id}.`);
      return fake;
    },
    async post(id, fields) {
      const { body } = await app.request.post("/api/jobs").send(fakeJob(id, fields)).expect(201);
      return body as Job;
    },
    job,
    async reach(id, ...statuses) {
      const deadline = performance.now() + REACH_MS;
      while (!statuses.includes(job(id).status)) {
        if (performance.now() > deadline)
          throw new Error(`${id} is not ${statuses.join()}: ${JSON.stringify(job(id))}`);
        app.app.jobRunner.refresh(id);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return job(id);
    },
    contents: ({ results }) => results.flatMap((id) => store.get("contents", id) ?? []),
    async close() {
      await app.close();
      await Promise.all(providers.map((provider) => provider.close()));
      await store.close();
      await Promise.all([...fakes.values()].map((fake) => fake.close()));
      folder.remove();
    },
  };
}
