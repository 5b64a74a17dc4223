import { COLLECTION_NAMES } from "@safelight/shared";
import { useCallback } from "react";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import type { KnownRecord } from "./find-records.ts";

/** A way to go through every record of this device as it is now, the trash included. */
export function useKnownRecords(): () => Iterable<KnownRecord> {
  const client = useSyncClient();
  return useCallback(
    function* () {
      for (const collection of COLLECTION_NAMES) {
        for (const record of client.list(collection)) yield { collection, record: { ...record } };
        for (const record of client.trash(collection)) yield { collection, record: { ...record } };
      }
    },
    [client],
  );
}
