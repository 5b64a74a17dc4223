import type { CollectionName } from "@safelight/shared";
import type { Viewed } from "@safelight/sync";
import { useCallback, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** Records of a collection that lie in the trash, newest deletion first. */
export function useTrash<C extends CollectionName>(collection: C): readonly Viewed<C>[] {
  const client = useSyncClient();
  const subscribe = useCallback(
    (listener: () => void) => client.subscribe(listener, [collection]),
    [client, collection],
  );
  return useSyncExternalStore(subscribe, () => client.trash(collection));
}
