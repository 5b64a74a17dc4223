import type { Clock } from "../ports.ts";

/** Lets a loop sleep until there is something to do. A ring while nobody waits is kept for the next wait. */
export interface Alarm {
  ring(): void;
  /** Resolves at the next ring, after `delayMs` (never, when left out), or when the signal aborts. */
  wait(delayMs: number | undefined, signal: AbortSignal): Promise<void>;
}

export function createAlarm(clock: Clock): Alarm {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    wait(delayMs, signal) {
      return new Promise((resolve) => {
        const finish = () => {
          cancel?.();
          signal.removeEventListener("abort", finish);
          wake = undefined;
          rung = false;
          resolve();
        };
        const cancel = delayMs === undefined ? undefined : clock.after(delayMs, finish);
        wake = finish;
        signal.addEventListener("abort", finish);
        if (rung || signal.aborted) finish();
      });
    },
  };
}
