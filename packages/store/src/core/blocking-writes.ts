/**
 * Whether a lone small commit may be written while the event loop stands still. On a fast disk that takes less time than
 * handing the write to another thread and being woken by it; on a slow one others would wait for it.
 */
export interface BlockingWrites {
  mayBlock(): boolean;
  /** Tells how long a blocking write took, in ms. */
  note(tookMs: number): void;
}

/** Longest usual time of a write that others may be kept waiting for. */
const MOST_USUAL_MS = 0.4;
/** One slow write says little about the next. */
const MOST_COUNTED_MS = 1;
const WEIGHT = 0.1;
/** On a slow disk one write in so many is tried again. */
const PROBE_EVERY = 64;

export function createBlockingWrites(): BlockingWrites {
  let usualMs = 0;
  let spared = 0;

  return {
    mayBlock() {
      if (usualMs <= MOST_USUAL_MS) return true;
      spared += 1;
      return spared % PROBE_EVERY === 0;
    },
    note(tookMs) {
      usualMs += WEIGHT * (Math.min(tookMs, MOST_COUNTED_MS) - usualMs);
    },
  };
}
