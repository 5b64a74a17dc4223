/** Keeps something up with the sync client without taking the page's time. */
export interface PacedUpdates {
  /** There is news. */
  readonly changed: () => void;
  /** Brings it up to date now: a first page alone when `isFirst`, the rest after that was painted. */
  start(isFirst: boolean): void;
  stop(): void;
}

export interface PacedUpdatesOptions {
  /** Takes in the newest `limit` records of each list; answers whether that was all of them. */
  readonly update: (limit: number) => boolean;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
  /** Calls back later; answers how to call it off. */
  readonly later: (work: () => void, delayMs: number) => () => void;
}

/** Newest records that a first page is made of; the rest follows after it was painted. */
export const FIRST_PAGE = 400;
const REST_AFTER_MS = 60;
/** While records stream in, keeping up may take this share of the time and no more. */
const REST_PER_WORK = 5;

export function createPacedUpdates({ update, nowMs, later }: PacedUpdatesOptions): PacedUpdates {
  let callOff: (() => void) | undefined;
  let mayGoOnAtMs = 0;

  function run(limit: number): void {
    const startedMs = nowMs();
    const isAll = update(limit);
    const endedMs = nowMs();
    mayGoOnAtMs = endedMs + (endedMs - startedMs) * REST_PER_WORK;
    if (!isAll) plan(REST_AFTER_MS);
  }

  function plan(delayMs: number): void {
    callOff ??= later(() => {
      callOff = undefined;
      run(Infinity);
    }, delayMs);
  }

  return {
    changed() {
      if (callOff !== undefined) return;
      const waitMs = mayGoOnAtMs - nowMs();
      if (waitMs <= 0) run(Infinity);
      else plan(waitMs);
    },
    start: (isFirst) => run(isFirst ? FIRST_PAGE : Infinity),
    stop() {
      callOff?.();
      callOff = undefined;
    },
  };
}
