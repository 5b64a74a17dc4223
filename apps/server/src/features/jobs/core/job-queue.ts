/** What decides a job's place in its provider's queue. */
export interface QueuedJob {
  readonly id: string;
  /** Higher goes first. */
  readonly priority: number;
  readonly number: number;
}

/** Queued jobs of one provider, in the order in which they are sent: by priority, then by number. */
export interface JobQueue {
  readonly size: number;
  add(job: QueuedJob): void;
  /** With the same values as it was added. */
  remove(job: QueuedJob): void;
  /** Ids of the first `count`. */
  first(count: number): readonly string[];
}

export function createJobQueue(): JobQueue {
  const jobs: QueuedJob[] = [];

  /** The index of a job, or where it would stand. New jobs come last, so the end is looked at first. */
  function placeOf(job: QueuedJob): number {
    const last = jobs.at(-1);
    if (last === undefined || compare(last, job) < 0) return jobs.length;
    let low = 0;
    let high = jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = jobs[middle];
      if (other !== undefined && compare(other, job) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get size() {
      return jobs.length;
    },
    add(job) {
      const place = placeOf(job);
      if (place === jobs.length) jobs.push(job);
      else jobs.splice(place, 0, job);
    },
    remove(job) {
      const place = placeOf(job);
      if (jobs[place]?.id !== job.id) return;
      if (place === 0) jobs.shift();
      else jobs.splice(place, 1);
    },
    first: (count) => jobs.slice(0, count).map(({ id }) => id),
  };
}

function compare(one: QueuedJob, other: QueuedJob): number {
  return (
    other.priority - one.priority ||
    one.number - other.number ||
    (one.id < other.id ? -1 : +(one.id !== other.id))
  );
}
