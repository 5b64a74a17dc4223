import type { CollectionName } from "@safelight/shared";
import type { RecordConflict } from "@safelight/sync";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useSyncClient } from "./sync-context.tsx";

/** Records whose fields two devices changed, until somebody decides. */
export function useConflicts(): readonly RecordConflict[] {
  const client = useSyncClient();
  const subscribe = useCallback((listener: () => void) => client.subscribeStatus(listener), [client]);
  return useSyncExternalStore(subscribe, () => client.conflicts());
}

/** The conflict of one record, if it has one. */
export function useConflict(collection: CollectionName, id: string | undefined): RecordConflict | undefined {
  return useConflicts().find((conflict) => conflict.collection === collection && conflict.id === id);
}

/** Ids of the records of a collection that have a conflict: one look for a whole list. */
export function useConflictedIds(collection: CollectionName): ReadonlySet<string> {
  const conflicts = useConflicts();
  return useMemo(
    () => new Set(conflicts.flatMap((conflict) => (conflict.collection === collection ? [conflict.id] : []))),
    [conflicts, collection],
  );
}
