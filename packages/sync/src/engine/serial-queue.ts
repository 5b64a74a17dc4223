/** Runs jobs one after another, in the order of asking; a failed one does not stop the next. The first one begins at once. */
export type SerialQueue = <T>(job: () => Promise<T>) => Promise<T>;

export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  const finish = () => {
    unfinished -= 1;
  };
  return (job) => {
    const run = unfinished === 0 ? job() : tail.then(job);
    unfinished += 1;
    // The caller sees the failure; the queue only waits.
    tail = run.then(finish, finish);
    return run;
  };
}
