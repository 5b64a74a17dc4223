import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { createJobRunner, type JobRunner } from "./job-runner.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly jobRunner: JobRunner;
  }
}

async function register(app: FastifyInstance): Promise<void> {
  const runner = createJobRunner({ store: app.store, providers: app.providers, log: app.log });
  app.decorate("jobRunner", runner);
  app.addHook("onReady", async () => runner.start());
  app.addHook("preClose", () => runner.stop());
}

/** Runs the studio's jobs from the moment that the server is ready until it closes. */
export const jobRunnerPlugin = fp(register, {
  name: "job-runner",
  fastify: "5.x",
  decorators: { fastify: ["store", "providers"] },
});
