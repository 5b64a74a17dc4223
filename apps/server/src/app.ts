import type { Provider } from "@safelight/providers";
import type { Store } from "@safelight/store";
import Fastify, { type FastifyInstance } from "fastify";
import type { Config } from "./config.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly config: Config;
    readonly store: Store;
    readonly providers: ReadonlyMap<string, Provider>;
  }
}

export interface AppOptions {
  readonly config: Config;
  readonly store: Store;
  readonly providers: ReadonlyMap<string, Provider>;
}

/** Builds the server without listening; `app.close()` stops its work but leaves store and providers to the caller. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: options.config.maxBodyBytes });
  app.decorate("config", options.config);
  app.decorate("store", options.store);
  app.decorate("providers", options.providers);
  return app;
}
