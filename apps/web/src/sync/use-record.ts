import type { CollectionName } from "@safelight/shared";
import type { Viewed } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** One record, also when it lies in the trash (`deletedAt`); `undefined` when this device has none. */
export function useRecord<C extends CollectionName>(
  collection: C,
  id: string | undefined,
): Viewed<C> | undefined {
  const client = useSyncClient();
  const subscribe = useCallback(
    (listener: () => void) => client.subscribe(listener, [collection]),
    [client, collection],
  );
  return useSyncExternalStore(subscribe, () => (id === undefined ? undefined : client.get(collection, id)));
}
