import {
  type AnyRecord,
  type CollectionName,
  definitionOf,
  type JsonObject,
  type MutationOp,
} from "@safelight/shared";
import type { Store } from "@safelight/store";
import { newUuid } from "./create-id-source.ts";

/** What a script asks of one record. `ifRev` is the revision that it must have (`If-Match`). */
export interface RecordChange {
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: MutationOp;
  readonly set?: JsonObject;
  readonly ifRev?: number;
}

/** Commits one change and gives the record after it. Rejects with the store's errors. */
export async function changeRecord(store: Pick<Store, "commit">, change: RecordChange): Promise<AnyRecord> {
  const { results } = await store.commit({ by: "http", actor: "client", atomicity: "all", steps: [change] });
  const result = results[0];
  if (result === undefined || !("record" in result) || result.record === undefined) {
    throw new Error(`A commit of one ${change.op} answered no record.`);
  }
  return result.record;
}

/** Creates a record under the given id or a new one. */
export function createRecord(
  store: Pick<Store, "commit">,
  collection: CollectionName,
  { id, ...set }: JsonObject & { readonly id?: string },
): Promise<AnyRecord> {
  return changeRecord(store, { collection, id: id ?? newRecordId(collection), op: "create", set });
}

/** `<prefix>-<uuidv7>`: sorts by the time of its making. */
export function newRecordId(collection: CollectionName): string {
  return `${definitionOf(collection).idPrefix}-${newUuid()}`;
}
