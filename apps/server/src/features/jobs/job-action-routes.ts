import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Charge, Job, JobError, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { createBatch, estimateBatch, NewBatch } from "./create-batch.ts";
import { estimateAgain } from "./estimate-again.ts";
import { jobAt, lookUpJob } from "./look-up-job.ts";
import { rescueRuns } from "./rescue-runs.ts";
import { markFailed, refreshJob, retryDownload, runAgain } from "./settle-job.ts";

const params = Type.Object({ id: RecordId }, { additionalProperties: false });
const refusals = problems(400, 403, 404, 409, 502, 503, 507);

const Estimate = Type.Object({
  jobs: Type.Integer({ minimum: 1 }),
  charge: Charge,
  refusal: Type.Optional(Type.Composite([JobError], { description: "what would keep it from being sent" })),
});

const Run = Type.Object(
  { remote: Type.Object({ id: Type.String() }, { additionalProperties: true }) },
  { additionalProperties: true },
);

/** What a person does with a job once it is there, and many at once. */
export const jobActionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    "/api/jobs/batch",
    {
      schema: {
        tags: ["jobs"],
        summary: "Queue many jobs at once: every point of a grid, each a number of times",
        body: NewBatch,
        response: {
          201: Type.Object({ batchId: Type.String(), jobs: Type.Array(Job) }),
          ...problems(400, 403, 413, 415, 422, 503, 507),
        },
      },
    },
    async (request, reply) => {
      reply.code(201);
      const { batchId, jobs } = await createBatch(app, request.body);
      return { batchId, jobs: jobs as Job[] };
    },
  );

  app.post(
    "/api/estimate",
    {
      schema: {
        tags: ["money"],
        summary: "What a job or a batch would cost; nothing is sent or kept",
        body: NewBatch,
        response: { 200: Estimate, ...problems(400, 403, 415, 502, 503) },
      },
    },
    async (request) => estimateBatch(app, request.body),
  );

  app.get(
    "/api/jobs/:id/estimate",
    {
      schema: {
        tags: ["money"],
        summary: "What it would cost to run a job again",
        params,
        response: { 200: Estimate, ...refusals },
      },
    },
    async (request) => estimateAgain(app, jobAt(app.store, request.params.id)),
  );

  app.post(
    "/api/jobs/:id/refresh",
    {
      schema: {
        tags: ["jobs"],
        summary: "Ask the provider now how a job stands",
        params,
        response: { 200: Job, ...refusals },
      },
    },
    async (request) => refreshJob(app, request.params.id),
  );

  app.post(
    "/api/jobs/:id/retry-download",
    {
      schema: {
        tags: ["jobs"],
        summary: "Fetch the results of a run again; free",
        params,
        response: { 200: Job, ...refusals },
      },
    },
    async (request) => retryDownload(app, request.params.id),
  );

  app.post(
    "/api/jobs/:id/run-again",
    {
      schema: {
        tags: ["jobs"],
        summary: "Queue the same work as a new job; it costs again, see its estimate first",
        params,
        response: { 201: Job, ...refusals },
      },
    },
    async (request, reply) => {
      const job = await runAgain(app, request.params.id);
      reply.code(201).header("location", `/api/jobs/${job.id}`);
      return job;
    },
  );

  app.post(
    "/api/jobs/:id/look-up",
    {
      schema: {
        tags: ["jobs"],
        summary: "Look at the provider for the run of a job whose end is unknown",
        description:
          "Exactly one match is adopted; of several, or where the provider lists none (`asksForId`), give the one to adopt as `run`. Never submits.",
        params,
        body: Type.Optional(
          Type.Object(
            { run: Type.Optional(Type.String({ maxLength: 500 })) },
            { additionalProperties: false },
          ),
        ),
        response: {
          200: Type.Object({
            job: Job,
            adopted: Type.Boolean(),
            candidates: Type.Array(Run),
            asksForId: Type.Boolean(),
          }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { candidates, ...found } = await lookUpJob(app, request.params.id, request.body?.run);
      return { ...found, candidates: [...candidates] };
    },
  );

  app.post(
    "/api/jobs/:id/mark-failed",
    {
      schema: {
        tags: ["jobs"],
        summary: "End a job whose end is unknown",
        params,
        body: Type.Optional(
          Type.Object(
            {
              spentUsd: Type.Optional(
                Type.Number({ minimum: 0, description: "what it cost, as the provider's account says" }),
              ),
            },
            { additionalProperties: false },
          ),
        ),
        response: { 200: Job, ...refusals },
      },
    },
    async (request) => markFailed(app, request.params.id, request.body?.spentUsd),
  );

  app.post(
    "/api/providers/:provider/rescue",
    {
      schema: {
        tags: ["jobs"],
        summary: "Adopt the runs that a provider has and the studio lacks",
        params: Type.Object({ provider: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
        response: {
          200: Type.Object({ found: Type.Integer({ minimum: 0 }), jobs: Type.Array(Job) }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { found, jobs } = await rescueRuns(app, request.params.provider);
      return { found, jobs: [...jobs] };
    },
  );
};
