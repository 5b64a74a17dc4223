import { DEADLINES_MS } from "./core/deadlines.ts";
import type { RunnerTimings } from "./job-drive.ts";

export const DEFAULT_TIMINGS: RunnerTimings = {
  reportEveryMs: 250,
  retry: { baseMs: 1000, maxMs: 60_000 },
  stopGraceMs: 10_000,
  trainingPollMs: 30_000,
  submitTimeoutMs: 60_000,
  deadlinesMs: DEADLINES_MS,
  overdueGraceMs: 5 * 60_000,
};
