import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Job, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { answerRecord } from "../../records/answer-record.ts";
import { cancelJob } from "./cancel-job.ts";
import { createJob, NewJob } from "./create-job.ts";
import { listProviders, ProviderList } from "./list-providers.ts";
import { JobLogPage, readJobLog } from "./read-job-log.ts";

/** Jobs beyond their records: made with a check, cancelled by one call, and who can do them. */
export const jobsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    "/api/jobs",
    {
      schema: {
        tags: ["jobs"],
        summary: "Queue a job",
        body: NewJob,
        response: { 201: Type.Unsafe<string>(Job), ...problems(400, 403, 413, 415, 422, 503, 507) },
      },
    },
    async (request, reply) => {
      const job = await createJob(app, request.body);
      answerRecord(reply, "jobs", job, 201);
    },
  );

  app.post(
    "/api/jobs/:id/cancel",
    {
      schema: {
        tags: ["jobs"],
        summary: "Ask for a job to be cancelled",
        params: Type.Object({ id: RecordId }, { additionalProperties: false }),
        response: { 200: Type.Unsafe<string>(Job), ...problems(400, 403, 404, 503, 507) },
      },
    },
    async (request, reply) => {
      const job = await cancelJob(app.store, request.params.id);
      answerRecord(reply, "jobs", job);
    },
  );

  app.get(
    "/api/jobs/:id/log",
    {
      schema: {
        tags: ["jobs"],
        summary: "What happened to a job, from a byte offset on",
        description:
          "Whole lines only. Ask again with `after` = `nextOffset`; no lines means nothing new yet.",
        params: Type.Object({ id: RecordId }, { additionalProperties: false }),
        querystring: Type.Object(
          { after: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: "in bytes" })) },
          { additionalProperties: false },
        ),
        response: { 200: JobLogPage, ...problems(400, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return readJobLog(app.store, request.params.id, request.query.after ?? 0);
    },
  );

  app.get(
    "/api/providers",
    {
      schema: {
        tags: ["jobs"],
        summary: "List providers, their models and the parameters of each",
        response: { 200: ProviderList, ...problems(403) },
      },
    },
    async () => listProviders(app),
  );
};
