import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type CollectionName, definitionOf, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { listHeaders, sendNotModified, sendReady } from "../../answers/ready-answer.ts";
import { JSON_TYPE } from "../../json-type.ts";
import { problems } from "../../problem-responses.ts";
import type { PageMemory } from "../../records/page-memory.ts";
import { listQuerySchema } from "./core/record-schemas.ts";
import { type ListQuery, listRecords } from "./list-records.ts";
import { readRecord } from "./read-record.ts";
import type { RecordIndexes } from "./record-indexes.ts";

const UNCHANGED_HEADERS = listHeaders({ "cache-control": "no-cache" });
const JSON_HEADERS = listHeaders({ "cache-control": "no-cache", "content-type": JSON_TYPE });

export const RecordParams = Type.Object({ id: RecordId }, { additionalProperties: false });

/** `GET /api/<collection>` and `GET /api/<collection>/:id`, answered with the store's own JSON texts. */
export function registerRecordReads(
  instance: FastifyInstance,
  { indexes, pages }: { readonly indexes: RecordIndexes; readonly pages: PageMemory<string> },
  collection: CollectionName,
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const definition = definitionOf(collection);
  const Page = Type.Object({
    items: Type.Array(definition.schema),
    nextCursor: Type.Optional(Type.String()),
    total: Type.Integer({ description: "records that fit, on all pages" }),
  });

  app.get(
    `/api/${collection}`,
    {
      schema: {
        tags: [collection],
        summary: `List ${collection}`,
        querystring: Type.Unsafe<ListQuery>(listQuerySchema(definition)),
        response: { 200: Type.Unsafe<string>(Page), ...problems(400) },
      },
    },
    (request, reply) => {
      const page = pages.read(request.url, () => listRecords(app.store, indexes, collection, request.query));
      sendReady(reply, 200, JSON_HEADERS, page);
    },
  );

  app.get(
    `/api/${collection}/:id`,
    {
      schema: {
        tags: [collection],
        summary: `Read one of ${collection}`,
        params: RecordParams,
        headers: Type.Object({ "if-none-match": Type.Optional(Type.String({ maxLength: 1000 })) }),
        response: {
          200: Type.Unsafe<string>(definition.schema),
          304: Type.Unsafe<undefined>({ type: "null", description: "The caller has this revision." }),
          ...problems(400, 404),
        },
      },
    },
    // No promise: a record that is there costs less than one.
    (request, reply) => {
      const { json, etag } = readRecord(app.store, collection, request.params.id);
      const isKnown = request.headers["if-none-match"]?.includes(etag) === true;
      if (isKnown) sendNotModified(reply, [...UNCHANGED_HEADERS, "etag", etag]);
      else sendReady(reply, 200, [...JSON_HEADERS, "etag", etag], json);
    },
  );
}
