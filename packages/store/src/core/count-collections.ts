import { COLLECTION_NAMES } from "@safelight/shared";
import type { StorageReport } from "../storage-report.ts";
import type { StoreState } from "./store-state.ts";

/** Records of each collection and the length of their text. */
export function countCollections(state: StoreState): StorageReport["collections"] {
  return COLLECTION_NAMES.map((collection) => {
    let trashed = 0;
    let jsonLength = 0;
    const entries = state.entries(collection);
    for (const { op, json } of entries.values()) {
      jsonLength += json?.length ?? 0;
      // An edit may follow a deletion: the record tells, the last change need not.
      if (op === "delete" || json?.includes('"deletedAt":"') === true) trashed += 1;
    }
    return { collection, records: entries.size, trashed, jsonLength };
  });
}
