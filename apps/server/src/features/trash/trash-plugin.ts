import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { createTrash, type Trash } from "./trash.ts";
import { trashRoutes } from "./trash-routes.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly trash: Trash;
  }
}

export interface TrashPluginOptions {
  /** Current time in epoch ms. */
  readonly now?: () => number;
  readonly sweepIntervalMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;

async function register(app: FastifyInstance, options: TrashPluginOptions): Promise<void> {
  const { now = Date.now, sweepIntervalMs = HOUR_MS } = options;
  const trash = createTrash({ store: app.store, days: app.config.trashDays, now });
  app.decorate("trash", trash);
  await app.register(trashRoutes);

  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    running ??= sweepOnce().finally(() => (running = undefined));
  };
  const sweepOnce = async (): Promise<void> => {
    try {
      const purged = await trash.sweep();
      if (purged > 0) app.log.info({ purged }, "purged what was long in the trash");
    } catch (error) {
      app.log.warn({ err: error }, "the trash could not be swept; it is tried again");
    }
  };
  app.addHook("onReady", async () => {
    sweep();
    timer = setInterval(sweep, sweepIntervalMs);
    timer.unref();
  });
  app.addHook("preClose", async () => {
    clearInterval(timer);
    await running;
  });
}

/** The trash, and its retention: at start and every hour. */
export const trashPlugin = fp(register, {
  name: "trash",
  fastify: "5.x",
  decorators: { fastify: ["store", "config"] },
});
