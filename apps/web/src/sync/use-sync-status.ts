import type { SyncStatus } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** Where this device's work stands: saved, waiting, or in need of a person. */
export function useSyncStatus(): SyncStatus {
  const client = useSyncClient();
  const subscribe = useCallback((listener: () => void) => client.subscribeStatus(listener), [client]);
  return useSyncExternalStore(subscribe, () => client.status());
}
