import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { missingSettings } from "../../providers/provider-settings.ts";
import { createWebhookTokens, type WebhookTokens } from "./webhooks/webhook-token.ts";
import type { RunnerTimings } from "./job-drive.ts";
import { createJobRunner, type JobRunner } from "./job-runner.ts";
import { createRunAdoption, type RunAdoption } from "./run-adoption.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly jobRunner: JobRunner;
    readonly runAdoption: RunAdoption;
    readonly webhookTokens: WebhookTokens;
  }
}

export interface JobRunnerPluginOptions {
  readonly timings?: Partial<RunnerTimings>;
}

async function register(app: FastifyInstance, { timings = {} }: JobRunnerPluginOptions): Promise<void> {
  const { store, providers, secrets, env, config, ledger } = app;
  const tokens = createWebhookTokens(secrets.webhookKey);
  const runner = createJobRunner({
    store,
    providers,
    log: app.log,
    ledger,
    timings,
    maxPixels: config.maxPixels,
    missingSettings: (id) =>
      missingSettings(id, providers.get(id)?.capabilities.settings ?? [], { secrets, env }),
    webhookUrl: (providerId, jobId) =>
      config.publicUrl === undefined
        ? undefined
        : `${config.publicUrl}/api/webhooks/${providerId}/${tokens.make(providerId, jobId)}`,
  });
  app.decorate("jobRunner", runner);
  app.decorate("runAdoption", createRunAdoption(store));
  app.decorate("webhookTokens", tokens);
  app.addHook("onReady", async () => runner.start());
  app.addHook("preClose", () => runner.stop());
}

/** Runs the studio's jobs from the moment that the server is ready until it closes. */
export const jobRunnerPlugin = fp(register, {
  name: "job-runner",
  fastify: "5.x",
  decorators: { fastify: ["store", "providers", "secrets", "ledger"] },
});
