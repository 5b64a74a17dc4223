import { type Provider } from "@safelight/providers";
import { type Job, STUDIO_PREFERENCES } from "@safelight/shared";
import { type PublishedCommit, type Store, StoreError } from "@safelight/store";
import { createLedger } from "../../ledger/ledger.ts";
import { createActiveJobs } from "./core/active-jobs.ts";
import { backoffMs } from "./core/backoff.ts";
import { providerUnknown } from "./core/job-errors.ts";
import { ending } from "./core/next-action.ts";
import { createUrgentGate } from "./core/urgent-gate.ts";
import { commitJob } from "./job-commits.ts";
import { createJobLog } from "./job-log.ts";
import type { ProviderLane, RunnerLog, RunnerPorts, RunnerTimings } from "./job-drive.ts";
import { driveJob, type DrivenJob } from "./drive-job.ts";
import { forgetRuns, isJustEnded } from "./forget-runs.ts";
import { DEFAULT_TIMINGS } from "./runner-timings.ts";

/** Results that are downloaded at once, over all jobs. */
const DOWNLOADS_AT_ONCE = 6;
/** Pixels of a picture that is decoded when nobody says otherwise. */
const MAX_PIXELS = 50_000_000;

export interface JobRunnerOptions extends Partial<RunnerPorts> {
  readonly store: Store;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly log: RunnerLog;
  /** Current time in epoch ms. */
  readonly now?: () => number;
  readonly timings?: Partial<RunnerTimings>;
}

/** Brings every job of a studio to its end, across restarts. One runner per store. */
export interface JobRunner {
  /** How long a run of each kind may take from the submit that is on record, whatever restarts come between. */
  readonly deadlinesMs: RunnerTimings["deadlinesMs"];
  /** Takes up every job where it stands, and from then on each new one. */
  start(): void;
  /** Resolves when nothing is under way. Jobs stay as they are and go on at the next start. */
  stop(): Promise<void>;
  /** Looks at a job now rather than when its time comes: polls its run, tries its download. */
  refresh(jobId: string): void;
  /** A provider's settings have changed: jobs that waited for them go on. */
  reconsider(providerId: string): void;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { store, providers, now = Date.now } = options;
  const jobLog = createJobLog({ store, log: options.log, now });
  const log = jobLog.runnerLog;
  const timings: RunnerTimings = { ...DEFAULT_TIMINGS, ...options.timings };
  const ports: RunnerPorts = {
    ledger: options.ledger ?? createLedger(store, now),
    missingSettings: options.missingSettings ?? (() => []),
    webhookUrl: options.webhookUrl ?? (() => undefined),
    maxPixels: options.maxPixels ?? MAX_PIXELS,
  };
  const downloads = createUrgentGate(DOWNLOADS_AT_ONCE);
  const lanes = new Map<string, ProviderLane>();
  const active = createActiveJobs();
  const driven = new Map<string, DrivenJob>();
  /** Jobs whose provider this studio does not have (any more): they wait for a start that has it. */
  const parked = new Set<string>();
  const stopping = new AbortController();
  const submitStop = new AbortController();
  const releases: (() => void)[] = [];
  let isStarted = false;
  let isScheduling = false;

  /** Once for all the commits of a batch. */
  function scheduleSoon(): void {
    if (isScheduling) return;
    isScheduling = true;
    setImmediate(() => {
      isScheduling = false;
      schedule();
    });
  }

  function schedule(): void {
    if (stopping.signal.aborted) return;
    const ids = active.startable((id) =>
      isPaused(id) ? 0 : (providers.get(id)?.capabilities.concurrency ?? Number.POSITIVE_INFINITY),
    );
    for (const id of ids) take(id);
  }

  function isPaused(providerId: string): boolean {
    const preferences = store.get("preferences", STUDIO_PREFERENCES);
    return preferences?.queuePaused === true || preferences?.pausedProviders?.includes(providerId) === true;
  }

  function laneOf(providerId: string): ProviderLane {
    const lane = lanes.get(providerId) ?? { blockedUntilMs: 0 };
    lanes.set(providerId, lane);
    return lane;
  }

  function take(id: string): void {
    const job = store.get("jobs", id);
    if (job === undefined) return;
    const provider = providers.get(job.provider);
    const work = provider === undefined ? createRefusal(job) : drive(id, provider);
    driven.set(id, work);
    active.take(id);
    void work.done.finally(() => {
      driven.delete(id);
      if (!parked.has(id)) active.release(id);
      scheduleSoon();
    });
  }

  function drive(jobId: string, provider: Provider): DrivenJob {
    return driveJob({
      ...ports,
      lane: laneOf(provider.capabilities.id),
      downloads,
      isPaused: () => isPaused(provider.capabilities.id),
      jobId,
      provider,
      store,
      log,
      now,
      timings,
      signal: stopping.signal,
      submitSignal: submitStop.signal,
    });
  }

  /** A job for a provider that is not here. One that was sent stays: its provider may come back. */
  function createRefusal(job: Job): DrivenJob {
    const refuse = async (): Promise<void> => {
      for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
        try {
          const patch = { status: "failed", error: providerUnknown(job.provider), ...ending(job, now()) };
          await commitJob(store, { id: job.id, from: "queued", patch });
          return;
        } catch (error) {
          log.warn({ jobId: job.id, error }, "a job could not be refused yet");
          if (error instanceof StoreError && error.code === "store.closed") return;
          await waiting(backoffMs(attempt, timings.retry), stopping.signal);
        }
      }
    };
    if (job.status === "queued") return { done: refuse(), hear: () => undefined, wake: () => undefined };
    parked.add(job.id);
    log.warn({ jobId: job.id, provider: job.provider }, "a job waits: this studio has no such provider");
    return { done: Promise.resolve(), hear: () => undefined, wake: () => undefined };
  }

  function onCommit(commit: PublishedCommit): void {
    let isTouched = false;
    for (const change of commit.changes) {
      if (change.collection === "preferences") {
        isTouched = true;
        for (const job of driven.values()) job.wake();
      }
      if (change.collection !== "jobs") continue;
      isTouched = true;
      const job = store.get("jobs", change.id);
      if (job === undefined) active.remove(change.id);
      else active.put(job);
      // The runner's own commits tell it nothing new.
      if (commit.by !== "server") driven.get(change.id)?.wake();
    }
    if (isTouched) scheduleSoon();
  }

  return {
    deadlinesMs: timings.deadlinesMs,
    start() {
      if (isStarted) throw new Error("The job runner was started before.");
      isStarted = true;
      jobLog.start();
      releases.push(store.subscribe(onCommit));
      for (const provider of providers.values()) {
        const unwatch = provider.watch?.((runId, state) => {
          for (const job of driven.values()) job.hear(provider, runId, state);
        });
        if (unwatch !== undefined) releases.push(unwatch);
      }
      const ended: Job[] = [];
      for (const job of store.scan("jobs")) {
        active.put(job);
        if (isJustEnded(job, now())) ended.push(job);
      }
      schedule();
      // A process that died after a job's last commit has not let go of what its provider keeps.
      void forgetRuns(ended, { providers, log });
    },
    refresh: (jobId) => driven.get(jobId)?.wake(),
    reconsider(providerId) {
      for (const [id, job] of driven) if (store.get("jobs", id)?.provider === providerId) job.wake();
      scheduleSoon();
    },
    async stop() {
      for (const release of releases.splice(0)) release();
      stopping.abort();
      const grace = setTimeout(() => submitStop.abort(), timings.stopGraceMs);
      await Promise.all([...driven.values()].map((work) => work.done));
      clearTimeout(grace);
      await jobLog.stop();
    },
  };
}

function waiting(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
