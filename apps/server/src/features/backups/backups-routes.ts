import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { BACKUP_NAME } from "../../backups/backups.ts";
import { BackupManifest } from "../../backups/core/backup-manifest.ts";
import { BackupShape } from "../../backups/core/backup-shape.ts";
import { BinaryBody } from "../../blob-serving/binary-body.ts";
import { problems } from "../../problem-responses.ts";

const Listing = Type.Object(
  {
    items: Type.Array(BackupShape),
    running: Type.Optional(
      Type.Object(
        {
          phase: Type.Union([Type.Literal("writing"), Type.Literal("verifying")]),
          done: Type.Integer({ minimum: 0, description: "blobs" }),
          total: Type.Integer({ minimum: 0 }),
        },
        { additionalProperties: false, description: "the one that is being made" },
      ),
    ),
    damaged: Type.Array(
      Type.Object(
        { name: Type.String(), sizeBytes: Type.Integer({ minimum: 0 }), problem: Type.String() },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

const BackupParams = Type.Object(
  { name: Type.String({ pattern: BACKUP_NAME }) },
  { additionalProperties: false },
);

/** Makes, lists, describes and hands out backups. */
export const backupsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { backups } = app;
  const about = (summary: string) => ({ tags: ["backups"], summary });

  app.get(
    "/api/backups",
    { schema: { ...about("The backups in the data folder, newest first"), response: { 200: Listing } } },
    async () => {
      const { items, damaged } = await backups.list();
      const running = backups.progress();
      return { items: [...items], damaged: [...damaged], ...(running && { running }) };
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

  app.get(
    "/api/backups/:name/manifest",
    {
      schema: {
        ...about("What a backup holds"),
        params: BackupParams,
        response: { 200: BackupManifest, ...problems(400, 404, 409) },
      },
    },
    (request) => backups.manifest(request.params.name),
  );

  app.get(
    "/api/backups/:name",
    {
      schema: {
        ...about("The archive itself"),
        params: BackupParams,
        response: { 200: BinaryBody, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const { stream, sizeBytes } = await backups.open(name);
      reply.header("content-length", sizeBytes).header("cache-control", "private, no-cache");
      reply.header("content-disposition", `attachment; filename="${name}"`).type("application/zip");
      return reply.send(stream);
    },
  );
};
