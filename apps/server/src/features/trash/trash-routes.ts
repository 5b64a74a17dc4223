import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type AnyRecord, COLLECTION_NAMES, type CollectionName, IsoTime, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";

const Collection = Type.Unsafe<CollectionName>({ type: "string", enum: [...COLLECTION_NAMES] });
const Count = Type.Integer({ minimum: 0 });

const Page = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          collection: Collection,
          id: RecordId,
          deletedAt: IsoTime,
          purgeAt: Type.Optional(Type.String({ description: "absent where the trash is kept for ever" })),
          record: Type.Unsafe<AnyRecord>(Type.Object({}, { additionalProperties: true })),
        },
        { additionalProperties: false },
      ),
    ),
    nextCursor: Type.Optional(Type.String()),
    total: Count,
  },
  { additionalProperties: false },
);

/** What was deleted, of all collections; restoring is `POST /api/<collection>/<id>/restore`. */
export const trashRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { trash } = app;
  const about = (summary: string) => ({ tags: ["trash"], summary });

  app.get(
    "/api/trash",
    {
      schema: {
        ...about("What is in the trash, newest deletion first"),
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
            cursor: Type.Optional(
              Type.String({ maxLength: 2048, description: "`nextCursor` of the page before" }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Page, ...problems(400) },
      },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query;
      return trash.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
    },
  );

  app.post(
    "/api/trash/purge",
    {
      schema: {
        ...about("Removes records of the trash for good, with what belongs to them there"),
        body: Type.Object(
          {
            items: Type.Array(
              Type.Object({ collection: Collection, id: RecordId }, { additionalProperties: false }),
              { minItems: 1, maxItems: 10_000 },
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ purged: Count }, { additionalProperties: false }),
          ...problems(400, 409, 415, 503, 507),
        },
      },
    },
    async (request) => ({ purged: await trash.purge(request.body.items) }),
  );

  app.post(
    "/api/trash/empty",
    {
      schema: {
        ...about("Removes all of the trash for good, but for jobs that are still at work"),
        response: {
          200: Type.Object({ purged: Count, kept: Count }, { additionalProperties: false }),
          ...problems(400, 503, 507),
        },
      },
    },
    async () => trash.empty(),
  );
};
