import type { AnyRecord, CollectionName } from "@safelight/shared";
import type { Store } from "@safelight/store";
import type { FastifyReply } from "fastify";
import { listHeaders, sendReady } from "../answers/ready-answer.ts";
import { JSON_TYPE } from "../json-type.ts";
import { etagOf } from "./record-etag.ts";

const HEADERS = listHeaders({ "content-type": JSON_TYPE });

/** Answers with a record as a commit left it; with 201 also with its place. */
export function answerRecord(
  reply: FastifyReply,
  collection: CollectionName,
  record: AnyRecord,
  status: 200 | 201 = 200,
): void {
  const place = status === 201 ? ["location", `/api/${collection}/${record.id}`] : [];
  const headers = [...HEADERS, "etag", etagOf(record.rev), ...place];
  sendReady(reply, status, headers, textOf(reply.server.store, collection, record));
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
