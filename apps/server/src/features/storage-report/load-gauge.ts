export interface LoadGaugeOptions {
  /** Share of the time since it was last asked in which the process was at work, 0 to 1. */
  readonly sample: () => number;
  /** A clock that never goes back, in milliseconds. */
  readonly nowMs: () => number;
}

/** How long one sample counts. */
const SAMPLE_MS = 500;
/** Share of its time from which on the process counts as busy. */
const BUSY_SHARE = 0.5;

/** Tells whether the process has its hands full, sampled now and then. */
export function createLoadGauge({ sample, nowMs }: LoadGaugeOptions): () => boolean {
  let sampledAtMs = nowMs();
  let isBusy = false;
  return () => {
    if (nowMs() - sampledAtMs < SAMPLE_MS) return isBusy;
    sampledAtMs = nowMs();
    isBusy = sample() >= BUSY_SHARE;
    return isBusy;
  };
}

/** The share of its time that the event loop worked since the call before. */
export function createLoopSampler(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
