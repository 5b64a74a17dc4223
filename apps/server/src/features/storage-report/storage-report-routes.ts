import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { reportStorage } from "./report-storage.ts";
import { StorageReportBody } from "./storage-report-schema.ts";

/** How much room the studio takes, and what its scrubber found. */
export const storageReportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/storage-report",
    {
      schema: {
        tags: ["storage"],
        summary: "What is kept, how much room it takes, and what the last check of all bytes found",
        response: { 200: StorageReportBody, ...problems(403, 503) },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return reportStorage(app.store);
    },
  );

  app.post(
    "/api/storage-report/check",
    {
      schema: {
        tags: ["storage"],
        summary:
          "Check all bytes now; the report has what was found. One check at a time: a second call waits for the first",
        response: { 200: StorageReportBody, ...problems(400, 403, 503) },
      },
    },
    async () => {
      await app.store.scrub();
      return reportStorage(app.store);
    },
  );

  app.post(
    "/api/storage-report/unreferenced/remove",
    {
      schema: {
        tags: ["storage"],
        summary: "Remove files that no record and no version names, seven days after their bytes last came",
        response: {
          200: Type.Object({ removed: Count, removedBytes: Count }, { additionalProperties: false }),
          ...problems(400, 403, 503, 507),
        },
      },
    },
    () => app.store.removeUnreferenced(),
  );
};

const Count = Type.Integer({ minimum: 0 });
