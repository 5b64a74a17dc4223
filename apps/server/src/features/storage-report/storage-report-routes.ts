import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
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
};
