import type { Clock, Tabs } from "../ports.ts";

export interface WatchLeaderOptions {
  readonly clock: Clock;
  readonly tabs: Pick<Tabs, "challenge">;
  readonly isLeader: () => boolean;
  /** Whether anything waits for the server. */
  readonly isWaiting: () => boolean;
}

/** Finds out when the leader is frozen: it keeps its lock then, and says nothing. */
export interface LeaderWatch {
  start(): void;
  /** Something may wait. */
  expectDrain(): void;
  close(): void;
}

/** A follower that sees something wait asks the leader for a sign of life: after this long, and this often. */
const HURRY_AFTER_MS = 700;
const HURRY_EVERY_MS = 900;
/** The same while nothing waits: what others change comes through the leader too. */
const IDLE_EVERY_MS = 10_000;

export function createLeaderWatch(options: WatchLeaderOptions): LeaderWatch {
  const { clock, tabs, isLeader, isWaiting } = options;
  let cancel: (() => void) | undefined;
  let hurried = false;

  function schedule(delayMs: number): void {
    cancel?.();
    cancel = clock.after(delayMs, () => {
      if (!isLeader()) tabs.challenge();
      hurried = isWaiting();
      schedule(hurried ? HURRY_EVERY_MS : IDLE_EVERY_MS);
    });
  }

  return {
    start: () => schedule(IDLE_EVERY_MS),
    expectDrain() {
      if (cancel === undefined || hurried || isLeader() || !isWaiting()) return;
      hurried = true;
      schedule(HURRY_AFTER_MS);
    },
    close: () => cancel?.(),
  };
}
