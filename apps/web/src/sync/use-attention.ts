import type { AttentionItem } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** Changes that the server refused and a person decides about. */
export function useAttention(): readonly AttentionItem[] {
  const client = useSyncClient();
  const subscribe = useCallback((listener: () => void) => client.subscribeStatus(listener), [client]);
  return useSyncExternalStore(subscribe, () => client.attention());
}
