import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { v7 as uuidv7 } from "uuid";
import { JSON_TYPE } from "../../json-type.ts";
import { problems } from "../../problem-responses.ts";
import { saveJobHistory, streamJobHistory } from "./job-history.ts";
import { LegacyJob } from "../../older-apps/legacy-job.ts";

/** The dashboard sends its whole history with every change, pictures included. */
const MIN_BODY_LIMIT_BYTES = 64 * 1024 * 1024;

const SaveRequest = Type.Object(
  {
    jobs: Type.Array(LegacyJob, { maxItems: 100_000 }),
    lastJobId: Type.Optional(Type.Integer({ minimum: 0, maximum: 999_999_999 })),
    // What `job_history.json` holds beside; a file may be posted as it is.
    savedAt: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
    version: Type.Optional(Type.String({ maxLength: 16 })),
  },
  { additionalProperties: false },
);

const SaveResponse = Type.Object({
  status: Type.Literal("ok"),
  message: Type.String(),
  savedAt: Type.Union([Type.String(), Type.Null()]),
  fileSize: Type.Integer({ minimum: 0 }),
});

const LoadResponse = Type.Unsafe<unknown>(
  Type.Object({
    status: Type.Literal("ok"),
    jobs: Type.Array(LegacyJob),
    lastJobId: Type.Integer({ minimum: 0 }),
    savedAt: Type.Union([Type.String(), Type.Null()]),
    message: Type.String(),
  }),
);

/** The job history in the shape of the older dashboard, on top of the same jobs. */
export const jobHistoryRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, store } = app;
  for (const prefix of ["", "/api"]) {
    app.get(
      `${prefix}/load-jobs`,
      {
        schema: {
          tags: ["job history"],
          summary: "All jobs in the older shape, with their pictures as data URLs",
          response: { 200: LoadResponse },
        },
      },
      async (_request, reply) => reply.type(JSON_TYPE).send(streamJobHistory(store)),
    );

    app.post(
      `${prefix}/save-jobs`,
      {
        bodyLimit: Math.max(config.maxBodyBytes, MIN_BODY_LIMIT_BYTES),
        schema: {
          tags: ["job history"],
          summary: "Merges jobs of the older shape by their ids; what is not sent is kept",
          body: SaveRequest,
          response: { 200: SaveResponse, ...problems(400, 413, 415, 422) },
        },
      },
      async (request) => {
        const { jobs, lastJobId } = request.body;
        const posted = { jobs, ...(lastJobId === undefined ? {} : { lastJobId }) };
        const newContentId = () => `content-${uuidv7()}`;
        const saved = await saveJobHistory(posted, { store, maxPixels: config.maxPixels, newContentId });
        const { savedAt, fileSize } = saved;
        return {
          status: "ok" as const,
          message: `Saved ${jobs.length} jobs`,
          savedAt: savedAt ?? null,
          fileSize,
        };
      },
    );
  }
};
