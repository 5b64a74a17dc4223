import type { CollectionName } from "@safelight/shared";
import type { Viewed } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** All records of a collection outside the trash, newest first; kept current. */
export function useRecords<C extends CollectionName>(collection: C): readonly Viewed<C>[] {
  const client = useSyncClient();
  const subscribe = useCallback(
    (listener: () => void) => client.subscribe(listener, [collection]),
    [client, collection],
  );
  return useSyncExternalStore(subscribe, () => client.list(collection));
}
