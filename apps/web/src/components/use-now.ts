import { useCallback, useSyncExternalStore } from "react";

const SECOND_MS = 1000;

/** The time in epoch ms, to the second; renewed each second while `running`. */
export function useNow(running: boolean): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!running) return () => undefined;
      const timer = setInterval(listener, SECOND_MS);
      return () => clearInterval(timer);
    },
    [running],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / SECOND_MS) * SECOND_MS);
}
