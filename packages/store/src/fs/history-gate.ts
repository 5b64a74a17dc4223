/** Lets many read the past at a time, and files of it go away only while nobody does. */
export interface HistoryGate {
  /** Resolves when the past holds still, to what lets it go. */
  enter(): Promise<() => void>;
  /** Does the work unless somebody is reading; resolves to whether it was done. Readers that come meanwhile wait. */
  whileUnread(work: () => Promise<void>): Promise<boolean>;
}

export function createHistoryGate(): HistoryGate {
  let readers = 0;
  let working: Promise<unknown> | undefined;

  return {
    async enter() {
      for (let current = working; current !== undefined; current = working) await current;
      readers += 1;
      let isIn = true;
      return () => {
        if (isIn) readers -= 1;
        isIn = false;
      };
    },
    async whileUnread(work) {
      if (readers > 0 || working !== undefined) return false;
      const done = work();
      working = done.catch(() => {
        // Whoever asked for the work hears of it.
      });
      try {
        await done;
        return true;
      } finally {
        working = undefined;
      }
    },
  };
}
