import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { BackupShape } from "../../backups/core/backup-shape.ts";
import { problems } from "../../problem-responses.ts";

const Listing = Type.Object(
  {
    items: Type.Array(BackupShape),
    damaged: Type.Array(
      Type.Object(
        { name: Type.String(), sizeBytes: Type.Integer({ minimum: 0 }), problem: Type.String() },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** Makes and lists backups. */
export const backupsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { backups } = app;
  const about = (summary: string) => ({ tags: ["backups"], summary });

  app.get(
    "/api/backups",
    { schema: { ...about("The backups in the data folder, newest first"), response: { 200: Listing } } },
    async () => {
      const { items, damaged } = await backups.list();
      return { items: [...items], damaged: [...damaged] };
    },
  );

  app.post(
    "/api/backups",
    {
      schema: {
        ...about("Backs everything up as of now and verifies the backup"),
        response: { 201: BackupShape, ...problems(400, 409, 503, 507) },
      },
    },
    async (_request, reply) => reply.code(201).send((await backups.make()).backup),
  );
};
