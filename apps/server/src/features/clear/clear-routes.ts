import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { BACKUP_NAME } from "../../backups/backups.ts";
import { BackupShape } from "../../backups/core/backup-shape.ts";
import { problems } from "../../problem-responses.ts";
import { createClearing } from "./clearing.ts";

const Count = Type.Integer({ minimum: 0 });
const Name = Type.String({ pattern: BACKUP_NAME });
const UndoRequest = Type.Union([
  Type.Object({ backup: Name }, { additionalProperties: false }),
  Type.Object({ seq: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
]);

const Cleared = Type.Object(
  {
    backup: BackupShape,
    seq: Type.Integer({ minimum: 0, description: "the studio's place after it" }),
    total: Count,
    cleared: Type.Record(Type.String(), Count),
    kept: Type.Object({ jobsAtWork: Count, changedMeanwhile: Count }, { additionalProperties: false }),
    undo: Type.Object(
      {
        method: Type.Literal("POST"),
        path: Type.Literal("/api/clear/undo"),
        body: Type.Object({ backup: Name }, { additionalProperties: false }),
        days: Type.Integer({
          minimum: 0,
          description: "how long the trash keeps what was cleared; 0: for ever",
        }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** "Clear all data": a verified backup, then everything into the trash; and back. */
export const clearRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { store, backups, config } = app;
  const clearing = createClearing({ store, backups, now: () => new Date() });
  const about = (summary: string) => ({ tags: ["backups"], summary });

  app.post(
    "/api/clear",
    {
      schema: {
        ...about("Backs everything up, verifies the backup, then moves every record to the trash"),
        body: Type.Object({ confirm: Type.Literal("clear all data") }, { additionalProperties: false }),
        response: { 200: Cleared, ...problems(400, 409, 415, 503, 507) },
      },
    },
    async () => {
      const cleared = await clearing.clear();
      const body = { backup: cleared.backup.name };
      const undo = { method: "POST", path: "/api/clear/undo", body, days: config.trashDays } as const;
      return { ...cleared, undo };
    },
  );

  app.post(
    "/api/clear/undo",
    {
      schema: {
        ...about("Restores what a clear moved to the trash, by its backup's name or its seq"),
        body: UndoRequest,
        response: {
          200: Type.Object(
            { backup: Type.String(), restored: Count, purged: Count, untouched: Count },
            { additionalProperties: false },
          ),
          ...problems(400, 404, 409, 415, 503, 507),
        },
      },
    },
    async (request) => clearing.undo(request.body),
  );
};
