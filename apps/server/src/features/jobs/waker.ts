/** A sleep that others can cut short. */
export interface Waker {
  /** Resolves after `ms`, when woken, or when the signal aborts. One sleeper at a time. */
  sleep(ms: number): Promise<void>;
  /** Ends the sleep under way within `ms` from now; with none under way, the next one does not begin. */
  wake(withinMs?: number): void;
}

export function createWaker(signal: AbortSignal): Waker {
  let isWoken = false;
  let sleeper: { readonly finish: () => void; timer: NodeJS.Timeout; atMs: number } | undefined;

  return {
    async sleep(ms) {
      if (!isWoken && !signal.aborted && ms > 0) {
        await new Promise<void>((resolve) => {
          const finish = (): void => {
            signal.removeEventListener("abort", finish);
            clearTimeout(sleeper?.timer);
            sleeper = undefined;
            resolve();
          };
          signal.addEventListener("abort", finish, { once: true });
          sleeper = { finish, timer: setTimeout(finish, ms), atMs: performance.now() + ms };
        });
      }
      isWoken = false;
    },
    wake(withinMs = 0) {
      if (sleeper === undefined) isWoken = true;
      else if (withinMs <= 0) sleeper.finish();
      else if (performance.now() + withinMs < sleeper.atMs) {
        clearTimeout(sleeper.timer);
        sleeper.atMs = performance.now() + withinMs;
        sleeper.timer = setTimeout(sleeper.finish, withinMs);
      }
    },
  };
}
