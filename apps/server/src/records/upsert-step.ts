import type { CollectionName, JsonObject } from "@safelight/shared";
import type { PlannedMutation, StagedView } from "@safelight/store";
import { changedFields } from "./changed-fields.ts";

export interface Upsert {
  readonly collection: CollectionName;
  readonly id: string;
  readonly set: JsonObject;
}

/** The step that makes a record hold these fields; `undefined` when it does already, so that a resend changes nothing. */
export function upsertStep(staged: StagedView, { collection, id, set }: Upsert): PlannedMutation | undefined {
  const record = staged.get(collection, id);
  if (record === undefined) return { collection, id, op: "create", set };
  const changed = changedFields(record, set);
  return Object.keys(changed).length === 0 ? undefined : { collection, id, op: "update", set: changed };
}
