/** Runs jobs one after another, in the order of asking; a failed one does not stop the next. */
export type SerialQueue = <T>(job: () => Promise<T>) => Promise<T>;

export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  return (job) => {
    const run = tail.then(job, job);
    // The caller sees the failure; the queue only waits.
    tail = run.catch(() => undefined);
    return run;
  };
}
