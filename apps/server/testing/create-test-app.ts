import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider } from "@safelight/providers";
import { createMemoryStore, type Store } from "@safelight/store";
import type { FastifyInstance } from "fastify";
import supertest from "supertest";
import { buildApp } from "../src/app.ts";
import type { Config } from "../src/config.ts";
import type { JobRunnerPluginOptions } from "../src/features/jobs/job-runner-plugin.ts";
import type { GalleryRoutesOptions } from "../src/features/gallery/gallery-routes.ts";
import type { SyncRoutesOptions } from "../src/features/sync/sync-routes.ts";
import type { StudioSecrets } from "../src/providers/studio-secrets.ts";
import type { TrashPluginOptions } from "../src/features/trash/trash-plugin.ts";

export interface TestAppOptions {
  /** Left out, a new memory store, closed with the app. */
  readonly store?: Store;
  readonly providers?: readonly Provider[];
  readonly config?: Partial<Config>;
  /** Where settings of providers come from. */
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: StudioSecrets;
  /** Timing of the job runner. */
  readonly jobs?: JobRunnerPluginOptions;
  /** Timing of event streams. */
  readonly sync?: SyncRoutesOptions;
  readonly gallery?: GalleryRoutesOptions;
  /** Clock of the trash's retention. */
  readonly trash?: TrashPluginOptions;
}

export interface TestApp {
  readonly app: FastifyInstance;
  readonly store: Store;
  /** A supertest agent over real HTTP on a loopback port. */
  readonly request: ReturnType<typeof supertest>;
  /** `http://127.0.0.1:<port>`, for `fetch` and streams. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A whole server on a free loopback port, over a memory store unless told otherwise. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const store = options.store ?? createMemoryStore();
  const providers = new Map(
    (options.providers ?? []).map((provider) => [provider.capabilities.id, provider]),
  );
  const { sync = {}, gallery = {}, trash = {}, jobs = {}, env = {}, secrets } = options;
  const given = secrets === undefined ? {} : { secrets };
  const dataDir = options.config?.dataDir ?? mkdtempSync(join(tmpdir(), "safelight-app-"));
  const config = { ...testConfig(dataDir), ...options.config };
  const app = await buildApp({ config, store, providers, sync, gallery, trash, jobs, env, ...given });
  if (options.config?.dataDir === undefined) {
    app.addHook("onClose", async () => rmSync(dataDir, { recursive: true, force: true }));
  }
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    app,
    store,
    url,
    request: supertest(url),
    close: async () => {
      await app.close();
      if (options.store === undefined) await store.close();
    },
  };
}

/** A configuration that logs nothing. */
function testConfig(dataDir: string): Config {
  return {
    host: "127.0.0.1",
    port: 0,
    dataDir,
    dataMustExist: false,
    allowedHosts: [],
    token: undefined,
    logLevel: "silent",
    maxBodyBytes: 1024 * 1024,
    maxUploadBytes: 16 * 1024 * 1024,
    maxPixels: 50_000_000,
    trashDays: 7,
    historyDays: 90,
    historyMaxBytes: 1024 ** 3,
    publicUrl: undefined,
    webRoot: undefined,
  };
}
