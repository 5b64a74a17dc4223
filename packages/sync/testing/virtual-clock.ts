import type { Clock } from "../src/ports.ts";

/** Time that passes only when a test says so. `jump` moves the wall clock and leaves the timers alone. */
export interface VirtualClock extends Clock {
  /** Lets `ms` of time pass, running timers and everything they start. */
  run(ms: number): Promise<void>;
  /** Lets everything run that is not waiting for time. */
  settle(): Promise<void>;
  jump(ms: number): void;
}

const START_MS = Date.UTC(2026, 0, 1);

export function createVirtualClock(): VirtualClock {
  let elapsedMs = 0;
  let skewMs = 0;
  let order = 0;
  const timers = new Map<number, { readonly dueMs: number; readonly run: () => void }>();

  /** Promises that lead to promises are all done when the next turn of the event loop comes. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  function nextDue(untilMs: number): number | undefined {
    let best: number | undefined;
    for (const [id, timer] of timers) {
      if (timer.dueMs > untilMs) continue;
      const held = best === undefined ? undefined : timers.get(best);
      if (held === undefined || timer.dueMs < held.dueMs) best = id;
    }
    return best;
  }

  return {
    now: () => START_MS + elapsedMs + skewMs,
    after(delayMs, run) {
      order += 1;
      const id = order;
      timers.set(id, { dueMs: elapsedMs + Math.max(0, delayMs), run });
      return () => void timers.delete(id);
    },
    settle,
    async run(ms) {
      const untilMs = elapsedMs + ms;
      for (;;) {
        await settle();
        const id = nextDue(untilMs);
        const timer = id === undefined ? undefined : timers.get(id);
        if (id === undefined || timer === undefined) break;
        timers.delete(id);
        elapsedMs = Math.max(elapsedMs, timer.dueMs);
        timer.run();
      }
      elapsedMs = untilMs;
    },
    jump(ms) {
      skewMs += ms;
    },
  };
}
