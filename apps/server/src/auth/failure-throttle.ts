import { LRUCache } from "lru-cache";

const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;

/** Counts wrong credentials by address, so that guessing is slow. */
export interface FailureThrottle {
  readonly isBlocked: (address: string) => boolean;
  readonly countFailure: (address: string) => void;
}

/** Blocks an address for a minute after ten failures; remembers a bounded number of addresses. */
export function createFailureThrottle(nowMs: () => number): FailureThrottle {
  const failures = new LRUCache<string, { readonly count: number; readonly untilMs: number }>({
    max: 10_000,
  });
  const current = (address: string) => {
    const held = failures.get(address);
    return held === undefined || held.untilMs <= nowMs() ? undefined : held;
  };
  return {
    isBlocked: (address) => (current(address)?.count ?? 0) >= MAX_FAILURES,
    countFailure: (address) => {
      const count = (current(address)?.count ?? 0) + 1;
      failures.set(address, { count, untilMs: nowMs() + WINDOW_MS });
    },
  };
}
