import { setTimeout as delay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { createLoadGauge, createLoopSampler } from "./load-gauge.ts";
import { createScrubSchedule, type ScrubScheduleOptions } from "./scrub-schedule.ts";
import { storageReportRoutes } from "./storage-report-routes.ts";

export type StorageReportPluginOptions = Partial<
  Pick<ScrubScheduleOptions, "now" | "wait" | "isBusy" | "firstDelayMs" | "everyMs" | "bytesPerSecond">
>;

const MINUTE_MS = 60 * 1000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
const BYTES_PER_SECOND = 8 * 1024 * 1024;

async function register(app: FastifyInstance, options: StorageReportPluginOptions): Promise<void> {
  await app.register(storageReportRoutes);
  const schedule = createScrubSchedule({
    store: app.store,
    log: app.log,
    now: Date.now,
    wait: waitUnreferenced,
    isBusy: createLoadGauge({ sample: createLoopSampler(), nowMs: () => performance.now() }),
    firstDelayMs: 5 * MINUTE_MS,
    everyMs: WEEK_MS,
    bytesPerSecond: BYTES_PER_SECOND,
    ...options,
  });
  app.addHook("onReady", async () => schedule.start());
  app.addHook("preClose", () => schedule.stop());
}

/** Waits without keeping the process alive. */
async function waitUnreferenced(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { ref: false, signal });
  } catch {
    // Aborted: whoever waits looks at the signal next.
  }
}

/** The storage report, and a check of all bytes once a week that keeps out of everybody's way. */
export const storageReportPlugin = fp(register, {
  name: "storage-report",
  fastify: "5.x",
  decorators: { fastify: ["store"] },
});
