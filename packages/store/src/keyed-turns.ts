/** Lets work on the same key go one after another; work on different keys does not wait. */
export interface KeyedTurns {
  /** Does the work when all before it on that key is settled, however it ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when all that was taken so far is settled. */
  idle(): Promise<void>;
}

export function createKeyedTurns(): KeyedTurns {
  const ends = new Map<string, Promise<unknown>>();

  async function after<T>(before: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
    await before;
    return work();
  }

  return {
    take(key, work) {
      const turn = after(ends.get(key), work);
      const end: Promise<unknown> = turn
        // Whoever asked is told; those who wait go on.
        .catch(() => undefined)
        .finally(() => {
          if (ends.get(key) === end) ends.delete(key);
        });
      ends.set(key, end);
      return turn;
    },
    async idle() {
      await Promise.all(ends.values());
    },
  };
}
