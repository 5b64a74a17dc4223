const EVERY_MS = 20;

/**
 * Adds up how late this process's timers fire, which on a busy machine is about the time that it gave to others. The answer
 * ends the watch and tells it, in milliseconds: a limit in seconds is for a machine that has the time.
 */
export function watchStolenTime(): () => number {
  let stolenMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    stolenMs += Math.max(0, nowMs - lastMs - 2 * EVERY_MS);
    lastMs = nowMs;
  }, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return stolenMs + Math.max(0, performance.now() - lastMs - 2 * EVERY_MS);
  };
}
