import type { CollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { etagOf } from "../../records/record-etag.ts";

/** A record's own JSON text and its ETag, the trash included. Throws a 404 problem when there is none. */
export function readRecord(
  store: Pick<Store, "get" | "getJson">,
  collection: CollectionName,
  id: string,
): { readonly json: string; readonly etag: string } {
  const stored = store.getJson(collection, id);
  const record = store.get(collection, id);
  if (stored !== undefined && record !== undefined) return { json: stored.json, etag: etagOf(record.rev) };
  throw new ProblemError(404, "record.missing", `${collection} have no record "${id}".`);
}
