import type { StoreUpkeep } from "@safelight/store";

export interface ScrubScheduleOptions {
  readonly store: Pick<StoreUpkeep, "scrub" | "lastScrub">;
  readonly log: { warn(details: object, message: string): void };
  /** Current time in epoch ms. */
  readonly now: () => number;
  /** Waits, or until the signal aborts; never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly isBusy: () => boolean;
  /** From the start to the first look. */
  readonly firstDelayMs: number;
  /** From the end of a round to the next one. */
  readonly everyMs: number;
  readonly bytesPerSecond: number;
}

export interface ScrubSchedule {
  start(): void;
  /** Ends a round that is under way; the next one goes on from there. */
  stop(): Promise<void>;
}

/** Longest wait in one piece, and the wait after a round that failed. */
const LOOK_EVERY_MS = 60 * 60 * 1000;

/** Has all bytes read again now and then, in the background. */
export function createScrubSchedule(options: ScrubScheduleOptions): ScrubSchedule {
  const { store, log, now, wait, isBusy, everyMs, bytesPerSecond } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  /** How long until a round is due; 0 when it is. */
  async function dueInMs(): Promise<number> {
    const last = await store.lastScrub();
    return last === undefined ? 0 : Math.max(0, Date.parse(last.endedAt) + everyMs - now());
  }

  async function run(): Promise<void> {
    await wait(options.firstDelayMs, signal);
    while (!signal.aborted) {
      try {
        const waitMs = await dueInMs();
        if (waitMs === 0) await store.scrub({ bytesPerSecond, isBusy, signal });
        await wait(Math.min(Math.max(waitMs, 1), LOOK_EVERY_MS), signal);
      } catch (error) {
        log.warn({ err: error }, "the blobs could not be checked; it is tried again");
        await wait(LOOK_EVERY_MS, signal);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
