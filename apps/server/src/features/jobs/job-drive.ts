import type { Provider, RunState } from "@safelight/providers";
import type { JobKind, JsonObject } from "@safelight/shared";
import type { Store } from "@safelight/store";
import type { Ledger } from "../../ledger/ledger.ts";
import type { BackoffOptions } from "./core/backoff.ts";
import type { UrgentGate } from "./core/urgent-gate.ts";
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
  /** Between two polls of a training. */
  readonly trainingPollMs: number;
  /** Of a submit whose provider does not say. */
  readonly submitTimeoutMs: number;
  /** Of a run, from its submit. */
  readonly deadlinesMs: Readonly<Record<JobKind, number>>;
  /** How long a run that is overdue may take to stop once it was told to. */
  readonly overdueGraceMs: number;
}

/** What all jobs of one provider share. */
export interface ProviderLane {
  /** Epoch ms until which the provider asked to be left alone. */
  blockedUntilMs: number;
}

/** What the runner is told by the rest of the studio. */
export interface RunnerPorts {
  readonly ledger: Ledger;
  /** Labels of settings that a provider needs and does not have. */
  readonly missingSettings: (providerId: string) => readonly string[];
  /** Where a provider may report the end of a job's run; `undefined` when nobody can reach this studio. */
  readonly webhookUrl: (providerId: string, jobId: string) => string | undefined;
  /** Most pixels of a picture that is decoded. */
  readonly maxPixels: number;
}

/** What `prepare` made, and when: sending the same inputs again would be waste. */
export interface PreparedInputs {
  readonly value: JsonObject;
  readonly atMs: number;
}

/** One job under way, and what only this process knows of it. All of it may be lost at any time. */
export interface JobDrive extends RunnerPorts {
  readonly jobId: string;
  readonly provider: Provider;
  readonly lane: ProviderLane;
  readonly downloads: UrgentGate;
  readonly store: Pick<Store, "commit" | "blobs" | "get" | "logs">;
  readonly timings: RunnerTimings;
  readonly log: RunnerLog;
  readonly now: () => number;
  /** Whether the queue is paused for this provider. */
  readonly isPaused: () => boolean;
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
  /** When an overdue run was told to stop, epoch ms. */
  overdueSince: number | undefined;
  /** How often the run was lost and queued again. */
  losses: number;
  /** Polls in a row that brought nothing new. */
  quietPolls: number;
  /** Failed attempts in a row, for the next wait. */
  failures: number;
  prepared: PreparedInputs | undefined;
  /** Ends what can be given up at once when somebody cancels: inputs on their way. */
  giveUp: (() => void) | undefined;
  /** Number of the console line to ask for next; `undefined` until the log was looked at. */
  nextLine: number | undefined;
  /** Results that are recorded, by their index. */
  readonly home: Set<number>;
  /** How often each result's bytes were not what they should be. */
  readonly damages: Map<number, number>;
}

/** How long to wait before the job's next step, in milliseconds; 0 goes on at once. */
export type NextDelayMs = number;
