import { type Provider, ProviderError, type RunState } from "@safelight/providers";
import type { Job } from "@safelight/shared";
import { StoreError } from "@safelight/store";
import { backoffMs } from "./core/backoff.ts";
import { nextAction, wantsCancel } from "./core/next-action.ts";
import { cancelAnswering, isAnswering, reportAnswering } from "./follow-answer.ts";
import { fetchRun } from "./fetch-run.ts";
import { followRun, recoverSubmit, remoteOf } from "./follow-run.ts";
import { commitJob, type JobCommit } from "./job-commits.ts";
import type { JobDrive, NextDelayMs, RunnerPorts } from "./job-drive.ts";
import { cancelUnsent, submitJob } from "./submit-job.ts";
import { createWaker } from "./waker.ts";

/** A job that is being brought to its end. */
export interface DrivenJob {
  /** Resolves when the job rests or the runner stops; never rejects. */
  readonly done: Promise<void>;
  /** Takes what a provider says of one of its runs, if it is this job's. */
  hear(provider: Provider, runId: string, state: RunState): void;
  /** Looks at the record again, soon. */
  wake(): void;
}

type DriveOptions = RunnerPorts &
  Pick<
    JobDrive,
    | "jobId"
    | "provider"
    | "lane"
    | "downloads"
    | "isPaused"
    | "store"
    | "log"
    | "now"
    | "timings"
    | "signal"
    | "submitSignal"
  >;

/** Drives one job step by step. Each step begins with the record, so that nothing is decided on a stale one. */
export function driveJob(options: DriveOptions): DrivenJob {
  const { jobId, store, signal, log, timings, now } = options;
  const waker = createWaker(signal);
  const drive: JobDrive = {
    ...options,
    commitFirmly,
    hint: undefined,
    lastReportAt: 0,
    isCancelSent: false,
    overdueSince: undefined,
    losses: 0,
    quietPolls: 0,
    failures: 0,
    prepared: undefined,
    giveUp: undefined,
    nextLine: undefined,
    home: new Set(),
    damages: new Map(),
  };

  async function commitFirmly(step: JobCommit): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await commitJob(store, step);
      } catch (error) {
        if (signal.aborted || isClosed(error)) throw error;
        log.error({ jobId, error }, "a step of a job could not be saved yet");
        await waker.sleep(backoffMs(attempt, timings.retry));
      }
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const job = store.get("jobs", jobId);
      if (job === undefined) return;
      const delayMs = await step(job);
      if (delayMs === undefined) return;
      await waker.sleep(delayMs);
    }
  }

  /** One step; faults are waited out. `undefined` when nothing is left to do. */
  async function step(job: Job): Promise<NextDelayMs | undefined> {
    try {
      return await take(job);
    } catch (error) {
      if (signal.aborted || isClosed(error)) return undefined;
      log.warn({ jobId, status: job.status, error }, "a step of a job failed and is tried again");
      const askedMs = error instanceof ProviderError ? (error.retryAfterMs ?? 0) : 0;
      return Math.max(askedMs, backoffMs(drive.failures++, timings.retry));
    }
  }

  async function take(job: Job): Promise<NextDelayMs | undefined> {
    switch (nextAction(job)) {
      case "cancel-unsent":
        return cancelUnsent(drive, job);
      case "submit":
        return submitJob(drive, job);
      case "recover":
        return recoverSubmit(drive, job);
      case "follow":
        return followRun(drive, job);
      case "download":
        return fetchRun(drive, job);
      case "rest":
        return undefined;
    }
  }

  return {
    done: run(),
    hear(provider, runId, state) {
      if (provider !== drive.provider) return;
      const job = store.get("jobs", jobId);
      if (job !== undefined && isAnswering(drive, job)) reportAnswering(drive, job, runId, state);
      if (job === undefined || remoteOf(drive, job)?.id !== runId) return;
      drive.hint = state;
      const isMoving = state.state === "queued" || state.state === "running";
      waker.wake(isMoving ? drive.lastReportAt + timings.reportEveryMs - now() : 0);
    },
    wake() {
      const job = store.get("jobs", jobId);
      if (job !== undefined && wantsCancel(job)) {
        drive.giveUp?.();
        if (isAnswering(drive, job)) cancelAnswering(drive);
      }
      drive.quietPolls = 0;
      waker.wake();
    },
  };
}

function isClosed(error: unknown): boolean {
  return error instanceof StoreError && error.code === "store.closed";
}
