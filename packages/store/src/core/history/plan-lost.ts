import { type AnyRecord, BASE_FIELD_NAMES, type CollectionName, type JsonObject } from "@safelight/shared";
import { StoreError } from "../../store-error.ts";
import type { PlannedMutation } from "../../store.ts";

/** Steps that set the values which lost a conflict on the record as it is now. */
export function planLost(
  collection: CollectionName,
  id: string,
  lost: JsonObject,
  current: AnyRecord | undefined,
): readonly PlannedMutation[] {
  if (current === undefined) {
    throw new StoreError("restore.refused", {
      detail: "The record was purged; restore one of its versions first.",
    });
  }
  const set = Object.fromEntries(Object.entries(lost).filter(([name]) => !BASE_FIELD_NAMES.has(name)));
  const steps: PlannedMutation[] = [];
  // A removal that lost is a value like another.
  if ("deletedAt" in lost) steps.push({ op: "delete", collection, id });
  else if (current.deletedAt !== undefined) steps.push({ op: "restore", collection, id });
  return Object.keys(set).length === 0 ? steps : [...steps, { op: "update", collection, id, set }];
}
