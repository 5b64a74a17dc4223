import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type CollectionName, definitionOf, type JsonObject, type MutationOp } from "@safelight/shared";
import { type TObject, type TSchema, Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { problems } from "../../problem-responses.ts";
import { changeRecord, createRecord } from "../../records/change-record.ts";
import { createBodySchema, patchBodySchema } from "./core/record-schemas.ts";
import { revOfIfMatch } from "../../records/record-etag.ts";
import { answerRecord } from "../../records/answer-record.ts";
import { RecordParams } from "./record-reads.ts";

/** Collections whose creation does more than write a record: another feature has that route. */
const CREATED_ELSEWHERE: ReadonlySet<CollectionName> = new Set(["jobs"]);

const IfMatch = Type.Object({
  "if-match": Type.Optional(
    Type.String({ maxLength: 40, description: "the revision that the record must have" }),
  ),
});

/** Create, patch, delete and restore of one collection; each is one commit. */
export function registerRecordWrites(app: FastifyInstance, collection: CollectionName): void {
  const definition = definitionOf(collection);
  const record = definition.schema;
  if (!CREATED_ELSEWHERE.has(collection)) {
    registerCreate(app, collection, createBodySchema(definition), record);
  }
  registerPatch(app, collection, patchBodySchema(definition), record);
  const one = `/api/${collection}/:id`;
  registerMove(app, { method: "DELETE", url: one, op: "delete", collection, summary: "Move to the trash" });
  registerMove(app, {
    method: "POST",
    url: `${one}/restore`,
    op: "restore",
    collection,
    summary: "Take back from the trash",
  });
}

function registerCreate(
  instance: FastifyInstance,
  collection: CollectionName,
  body: TObject,
  record: TSchema,
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.post(
    `/api/${collection}`,
    {
      schema: {
        tags: [collection],
        summary: `Create one of ${collection}`,
        body: Type.Unsafe<JsonObject & { readonly id?: string }>(body),
        response: { 201: Type.Unsafe<string>(record), ...problems(400, 409, 413, 415, 503, 507) },
      },
    },
    async (request, reply) => {
      const created = await createRecord(app.store, collection, request.body);
      answerRecord(reply, collection, created, 201);
    },
  );
}

function registerPatch(
  instance: FastifyInstance,
  collection: CollectionName,
  body: TObject,
  record: TSchema,
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  app.patch(
    `/api/${collection}/:id`,
    {
      schema: {
        tags: [collection],
        summary: "Set fields; null removes one",
        params: RecordParams,
        headers: IfMatch,
        body: Type.Unsafe<JsonObject>(body),
        response: {
          200: Type.Unsafe<string>(record),
          ...problems(400, 404, 412, 413, 415, 503, 507),
        },
      },
    },
    async (request, reply) => {
      const change = { collection, id: request.params.id, op: "update" as const, set: request.body };
      const changed = await changeRecord(app.store, { ...change, ...demanded(request.headers["if-match"]) });
      answerRecord(reply, collection, changed);
    },
  );
}

interface Move {
  readonly method: "DELETE" | "POST";
  readonly url: string;
  readonly op: Extract<MutationOp, "delete" | "restore">;
  readonly collection: CollectionName;
  readonly summary: string;
}

function registerMove(instance: FastifyInstance, { method, url, op, collection, summary }: Move): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const record = definitionOf(collection).schema;
  app.route({
    method,
    url,
    schema: {
      tags: [collection],
      summary,
      params: RecordParams,
      headers: IfMatch,
      response: { 200: Type.Unsafe<string>(record), ...problems(400, 404, 412, 503, 507) },
    },
    handler: async (request, reply) => {
      const change = { collection, id: request.params.id, op };
      const moved = await changeRecord(app.store, { ...change, ...demanded(request.headers["if-match"]) });
      answerRecord(reply, collection, moved);
    },
  });
}

function demanded(ifMatch: string | undefined): { readonly ifRev?: number } {
  const ifRev = revOfIfMatch(ifMatch);
  return ifRev === undefined ? {} : { ifRev };
}
