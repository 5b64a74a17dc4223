import { COLLECTION_NAMES } from "@safelight/shared";
import type { SyncClient } from "@safelight/sync";
import { useMemo, useSyncExternalStore } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import type { KnownRecord } from "./find-records.ts";

/** Every record of this device, the trash included; another object whenever one of them changed. */
export function useKnownRecords(): Iterable<KnownRecord> {
  const client = useSyncClient();
  const view = useMemo(() => createKnownView(client), [client]);
  return useSyncExternalStore(view.subscribe, view.read);
}

function createKnownView(client: SyncClient) {
  const all = (): Iterable<KnownRecord> => ({ [Symbol.iterator]: () => recordsOf(client) });
  let current = all();
  return {
    subscribe: (listener: () => void) =>
      client.subscribe(() => {
        current = all();
        listener();
      }, COLLECTION_NAMES),
    read: () => current,
  };
}

function* recordsOf(client: SyncClient): Generator<KnownRecord, void, undefined> {
  for (const collection of COLLECTION_NAMES) {
    for (const record of client.list(collection)) yield { collection, record: { ...record } };
    for (const record of client.trash(collection)) yield { collection, record: { ...record } };
  }
}
