import type { CollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";
import { etagOf } from "../../records/record-etag.ts";

/** A text of the store's begins with these two; a record need not be parsed, and kept parsed, for its revision. */
const HEAD = /^\{"id":"[^"]*","rev":(\d+)[,}]/;

/** A record's own JSON text and its ETag, the trash included. Throws a 404 problem when there is none. */
export function readRecord(
  store: Pick<Store, "get" | "getJson">,
  collection: CollectionName,
  id: string,
): { readonly json: string; readonly etag: string } {
  const json = store.getJson(collection, id)?.json;
  if (json === undefined) {
    throw new ProblemError(404, "record.missing", `${collection} have no record "${id}".`);
  }
  const rev = HEAD.exec(json)?.[1] ?? store.get(collection, id)?.rev ?? 0;
  return { json, etag: etagOf(Number(rev)) };
}
