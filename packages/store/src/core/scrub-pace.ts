import type { ScrubOptions } from "../scrub.ts";

/** Keeps a scrub to its budget and out of the way. */
export interface ScrubPace {
  /** Called after each piece; resolves when the next one may be read. Rejects with the signal's reason. */
  spent(bytes: number): Promise<void>;
}

/** How long to stand still before asking again whether the rest is busy. */
const BUSY_MS = 1000;
/** Waits shorter than this are saved up. */
const LEAST_WAIT_MS = 50;

export function createScrubPace(
  { bytesPerSecond, isBusy, signal }: ScrubOptions,
  pause: NonNullable<ScrubOptions["pause"]>,
): ScrubPace {
  const mustWait = () => isBusy?.() === true;
  let owedMs = 0;
  return {
    async spent(bytes) {
      signal?.throwIfAborted();
      if (bytesPerSecond !== undefined) owedMs += (bytes / bytesPerSecond) * 1000;
      if (owedMs >= LEAST_WAIT_MS) {
        const waitMs = owedMs;
        owedMs = 0;
        await pause(waitMs, signal);
        signal?.throwIfAborted();
      }
      while (mustWait()) {
        await pause(BUSY_MS, signal);
        signal?.throwIfAborted();
      }
    },
  };
}
