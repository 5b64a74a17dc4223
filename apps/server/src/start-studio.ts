import type { AddressInfo } from "node:net";
import { createProviders, type Provider } from "@safelight/providers";
import { createNodeFs, type FileStore, openFileStore } from "@safelight/store";
import type { FastifyInstance } from "fastify";
import { buildApp } from "./app.ts";
import type { Config } from "./config.ts";
import { createProviderHosts } from "./providers/provider-hosts.ts";
import type { Environment } from "./providers/provider-settings.ts";
import { openStudioSecrets } from "./providers/studio-secrets.ts";

/** How long open requests may take to end before their connections are cut, in milliseconds. */
const DRAIN_MS = 3000;
const COMPILE_EVERY_MS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Studio {
  readonly app: FastifyInstance;
  /** Where this machine reaches it. */
  readonly url: string;
  /** Stops listening, ends event streams and work under way, then checkpoints and releases the data folder. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the data folder and listens. When something fails on the way, what was opened is closed again.
 * @param env Where settings of providers come from that the settings page does not hold.
 */
export async function startStudio(config: Config, env: Environment = {}): Promise<Studio> {
  const store = await openFileStore({
    dataDir: config.dataDir,
    mustExist: config.dataMustExist,
    history: {
      maxAgeMs: config.historyDays === 0 ? Number.POSITIVE_INFINITY : config.historyDays * DAY_MS,
      maxBytes: config.historyMaxBytes,
    },
  });
  let providers: ReadonlyMap<string, Provider> = new Map();
  const closeRest = async () => {
    await Promise.allSettled([...providers.values()].map((provider) => provider.close()));
    await store.close();
  };
  try {
    const fs = createNodeFs(config.dataDir);
    const secrets = await openStudioSecrets(fs);
    const hosts = createProviderHosts({ store, fs, secrets, env });
    providers = createProviders(hosts.hostOf);
    hosts.bind(providers);
    const app = await buildApp({ config, store, providers, secrets, env });
    await app.listen({ host: config.host, port: config.port });
    const stopCompiling = compileSchemas(app);
    makeReadableNames(store, app);
    for (const finding of store.health().findings) app.log.warn({ finding }, "recovery");
    const close = async () => {
      stopCompiling();
      await drain(app);
      await closeRest();
    };
    return { app, url: urlOf(app, config.host), close };
  } catch (error) {
    await closeRest();
    throw error;
  }
}

/** One at a time, with rests: all of them at once would keep the first requests waiting for a quarter of a second. */
function compileSchemas(app: FastifyInstance): () => void {
  const turns = setInterval(() => {
    if (!app.compileNextSchema()) clearInterval(turns);
  }, COMPILE_EVERY_MS);
  turns.unref();
  return () => clearInterval(turns);
}

/** Names for people, made good in the background: nothing waits for them. */
function makeReadableNames(store: FileStore, app: FastifyInstance): void {
  store.rebuildReadableFiles().then(
    (names) => app.log.info(names, "the readable folders are as the records want them"),
    (error: unknown) => app.log.warn({ err: error }, "the readable folders could not be made good"),
  );
}

async function drain(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

function urlOf(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}:${port}`;
}
