import type { Waiting } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** What is on this device alone, in the order in which it is sent. */
export function useWaiting(): Waiting {
  const client = useSyncClient();
  const subscribe = useCallback((listener: () => void) => client.subscribeStatus(listener), [client]);
  return useSyncExternalStore(subscribe, () => client.waiting());
}
