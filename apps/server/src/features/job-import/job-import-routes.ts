import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { importPostedHistory } from "./import-posted-history.ts";

/** The history carries its pictures. */
const MIN_BODY_LIMIT_BYTES = 256 * 1024 * 1024;

const Count = Type.Integer({ minimum: 0 });
const Note = Type.Object({ entry: Type.String(), reason: Type.String() });
const Report = Type.Object({
  applied: Type.Boolean({ description: "false: nothing was written, this is what would be" }),
  added: Count,
  completed: Type.Integer({ minimum: 0, description: "jobs that were there without their picture" }),
  present: Type.Integer({ minimum: 0, description: "jobs that are there; they are left as they are" }),
  unusable: Type.Array(Note),
  missingPictures: Type.Array(Note),
  notes: Type.Array(Type.String()),
});

/** Import of the older dashboard's `job_history.json`, with a look first. */
export const jobImportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, store } = app;
  app.post(
    "/api/jobs/import",
    {
      bodyLimit: Math.max(config.maxBodyBytes, MIN_BODY_LIMIT_BYTES),
      schema: {
        tags: ["jobs"],
        summary: "Takes a job_history.json in; without `apply` it only says what would be",
        body: Type.Unknown({ description: "the file as it is" }),
        querystring: Type.Object(
          { apply: Type.Optional(Type.Boolean({ default: false })) },
          { additionalProperties: false },
        ),
        response: { 200: Report, ...problems(400, 403, 413, 415, 422, 503, 507) },
      },
    },
    async (request) => {
      const { apply = false } = request.query;
      const limits = { maxPixels: config.maxPixels, maxFileBytes: MIN_BODY_LIMIT_BYTES };
      const report = await importPostedHistory(request.body, { store, apply, limits });
      const { added, completed, present, unusable, missingPictures, notes } = report;
      return {
        applied: apply,
        added,
        completed,
        present,
        unusable: [...unusable],
        missingPictures: [...missingPictures],
        notes: [...notes],
      };
    },
  );
};
