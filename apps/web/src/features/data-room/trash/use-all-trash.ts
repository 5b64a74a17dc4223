import { COLLECTION_NAMES, type CollectionName, type JsonObject } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { useMemo, useSyncExternalStore } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";

export interface TrashedRecord {
  readonly collection: CollectionName;
  readonly record: JsonObject & { readonly id: string; readonly deletedAt?: string };
}

/** What lies in the trash, of every collection, newest deletion first. */
export function useAllTrash(): readonly TrashedRecord[] {
  const client = useSyncClient();
  const view = useMemo(() => createTrashView(client), [client]);
  return useSyncExternalStore(view.subscribe, view.read);
}

/** Keeps what it gave until a collection's trash changes. */
function createTrashView(client: SyncClient) {
  let parts: readonly unknown[] = [];
  let all: readonly TrashedRecord[] = [];
  return {
    subscribe: (listener: () => void) => client.subscribe(listener, COLLECTION_NAMES),
    read: (): readonly TrashedRecord[] => {
      const found = COLLECTION_NAMES.map((collection) => client.trash(collection));
      if (parts.length > 0 && found.every((part, index) => part === parts[index])) return all;
      parts = found;
      all = COLLECTION_NAMES.flatMap((collection, index) =>
        (found[index] ?? []).map((record): TrashedRecord => ({ collection, record: { ...record } })),
      ).toSorted((a, b) => ((a.record.deletedAt ?? "") < (b.record.deletedAt ?? "") ? 1 : -1));
      return all;
    },
  };
}
