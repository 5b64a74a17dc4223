import type { CollectionName } from "@safelight/shared";
import { useCallback } from "react";
import { showUndo } from "../components/show-undo.tsx";
import { useSyncClient } from "./sync-context.tsx";

/** Moves a record to the trash and offers to take that back; `what` names it: "Picture", "Job 12". Keeps its identity. */
export function useDeleteRecord(): (collection: CollectionName, id: string, what: string) => void {
  const client = useSyncClient();
  return useCallback(
    (collection, id, what) => {
      client.delete(collection, id);
      showUndo({
        id: `deleted-${id}`,
        title: `${what} moved to the trash`,
        undo: () => void client.restore(collection, id),
      });
    },
    [client],
  );
}
