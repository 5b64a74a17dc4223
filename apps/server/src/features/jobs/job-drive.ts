import type { Provider, RunState } from "@safelight/providers";
import type { Store } from "@safelight/store";
import type { BackoffOptions } from "./core/backoff.ts";
import type { FetchedResult } from "./fetch-results.ts";
import type { JobCommit } from "./job-commits.ts";

/** Where the runner says what happens; a Fastify log fits. */
export interface RunnerLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Waits of the runner, in milliseconds. */
export interface RunnerTimings {
  /** Least time between two progress commits of one job. */
  readonly reportEveryMs: number;
  /** Waits after a fault of the network, of a provider or of the disk. */
  readonly retry: BackoffOptions;
  /** How long `stop` waits for a submit that is on its way. */
  readonly stopGraceMs: number;
}

export const DEFAULT_TIMINGS: RunnerTimings = {
  reportEveryMs: 250,
  retry: { baseMs: 1000, maxMs: 60_000 },
  stopGraceMs: 10_000,
};

/** One job under way, and what only this process knows of it. All of it may be lost at any time. */
export interface JobDrive {
  readonly jobId: string;
  readonly provider: Provider;
  readonly store: Pick<Store, "commit" | "blobs" | "get">;
  readonly timings: RunnerTimings;
  readonly log: RunnerLog;
  readonly now: () => number;
  /** Aborts when the runner stops. */
  readonly signal: AbortSignal;
  /** Aborts a submit, some time after the runner was told to stop. */
  readonly submitSignal: AbortSignal;
  /** Commits and, when the disk cannot, tries again until it can or the runner stops. */
  readonly commitFirmly: (step: JobCommit) => Promise<boolean>;
  /** The newest state that the provider told by itself. */
  hint: RunState | undefined;
  lastReportAt: number;
  isCancelSent: boolean;
  /** How often the run was lost and queued again. */
  losses: number;
  /** Polls in a row that brought nothing new. */
  quietPolls: number;
  /** Failed attempts in a row, for the next wait. */
  failures: number;
  readonly fetched: Map<number, FetchedResult>;
}

/** How long to wait before the job's next step, in milliseconds; 0 goes on at once. */
export type NextDelayMs = number;
