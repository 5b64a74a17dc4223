import type { Link } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** How the way to the server is: also when nothing waits, and what others change does not arrive. */
export function useLink(): Link {
  const client = useSyncClient();
  const subscribe = useCallback((listener: () => void) => client.subscribeStatus(listener), [client]);
  return useSyncExternalStore(subscribe, () => client.link());
}
