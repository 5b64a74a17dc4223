import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type CollectionName, definitionOf, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { problems } from "../../problem-responses.ts";
import { recordJson } from "./change-record.ts";
import { listQuerySchema } from "./core/record-schemas.ts";
import { type ListQuery, listRecords } from "./list-records.ts";
import { etagOf } from "./record-etag.ts";
import type { RecordIndexes } from "./record-indexes.ts";

export const RecordParams = Type.Object({ id: RecordId }, { additionalProperties: false });

/** `GET /api/<collection>` and `GET /api/<collection>/:id`, answered with the store's own JSON texts. */
export function registerRecordReads(
  instance: FastifyInstance,
  indexes: RecordIndexes,
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
    async (request, reply) => {
      reply.type("application/json; charset=utf-8").header("cache-control", "no-cache");
      return listRecords(app.store, indexes, collection, request.query);
    },
  );

  app.get(
    `/api/${collection}/:id`,
    {
      schema: {
        tags: [collection],
        summary: `Read one of ${collection}`,
        params: RecordParams,
        response: { 200: Type.Unsafe<string>(definition.schema), ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const json = recordJson(app.store, collection, request.params.id);
      const rev = app.store.get(collection, request.params.id)?.rev ?? 0;
      reply
        .type("application/json; charset=utf-8")
        .headers({ "cache-control": "no-cache", etag: etagOf(rev) });
      return json;
    },
  );
}
