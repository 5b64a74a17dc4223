import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type CollectionName, definitionOf, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { problems } from "../../problem-responses.ts";
import { listQuerySchema } from "./core/record-schemas.ts";
import { type ListQuery, listRecords } from "./list-records.ts";
import type { PageMemory } from "./page-memory.ts";
import { readRecord } from "./read-record.ts";
import type { RecordIndexes } from "./record-indexes.ts";

export const RecordParams = Type.Object({ id: RecordId }, { additionalProperties: false });

/** `GET /api/<collection>` and `GET /api/<collection>/:id`, answered with the store's own JSON texts. */
export function registerRecordReads(
  instance: FastifyInstance,
  { indexes, pages }: { readonly indexes: RecordIndexes; readonly pages: PageMemory },
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
      return pages.read(request.url, () => listRecords(app.store, indexes, collection, request.query));
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
    async (request, reply) => {
      const { json, etag } = readRecord(app.store, collection, request.params.id);
      reply.headers({ "cache-control": "no-cache", etag });
      if (request.headers["if-none-match"]?.includes(etag) === true) return reply.code(304).send(undefined);
      return reply.type("application/json; charset=utf-8").send(json);
    },
  );
}
