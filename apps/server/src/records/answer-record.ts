import type { AnyRecord, CollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import type { FastifyReply } from "fastify";
import { JSON_TYPE } from "../json-type.ts";
import { etagOf } from "./record-etag.ts";

/** The body of an answer with a record as a commit left it; sets the headers that go with it. */
export function answerRecord(reply: FastifyReply, collection: CollectionName, record: AnyRecord): string {
  reply.header("etag", etagOf(record.rev)).header("content-type", JSON_TYPE);
  return textOf(reply.server.store, collection, record);
}

/** The store's own text of a record, unless the record has gone on since: then its text is made anew. */
function textOf(
  store: Pick<Store, "get" | "getJson">,
  collection: CollectionName,
  record: AnyRecord,
): string {
  const isLatest = store.get(collection, record.id)?.rev === record.rev;
  return (isLatest ? store.getJson(collection, record.id)?.json : undefined) ?? JSON.stringify(record);
}
