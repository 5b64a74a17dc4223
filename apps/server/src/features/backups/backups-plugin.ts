import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { type Backups, createBackups } from "../../backups/backups.ts";
import { backupsRoutes } from "./backups-routes.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly backups: Backups;
  }
}

async function register(app: FastifyInstance): Promise<void> {
  const { store, config } = app;
  const folder = join(config.dataDir, "backups");
  app.decorate("backups", createBackups({ store, folder, now: () => new Date() }));
  await app.register(backupsRoutes);
}

/** Archives of the whole studio, in the data folder's `backups/`. */
export const backupsPlugin = fp(register, {
  name: "backups",
  fastify: "5.x",
  decorators: { fastify: ["store", "config"] },
});
