import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { problems } from "../../problem-responses.ts";
import {
  DiffQuery,
  DiffSchema,
  HistoryParams,
  RestoreBody,
  RestoreSchema,
  RewindBody,
  RewindSchema,
  VersionsPageSchema,
  VersionsQuery,
} from "./history-schemas.ts";
import { diffVersions, listVersions } from "./read-history.ts";
import { restoreVersion, rewindStudio } from "./restore-history.ts";

/** What records were, and going back to it. */
export const historyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { history } = app.store;

  app.get(
    "/api/history/:collection/:id",
    {
      schema: {
        tags: ["history"],
        summary: "List the versions of a record, newest first",
        params: HistoryParams,
        querystring: VersionsQuery,
        response: { 200: VersionsPageSchema, ...problems(400, 404, 503) },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-cache");
      return listVersions(history, request.params, request.query);
    },
  );

  app.get(
    "/api/history/:collection/:id/diff",
    {
      schema: {
        tags: ["history"],
        summary: "Compare two versions of a record, field by field",
        params: HistoryParams,
        querystring: DiffQuery,
        response: { 200: DiffSchema, ...problems(400, 404, 503) },
      },
    },
    async (request) => {
      const { from, to = app.store.cursor().seq } = request.query;
      return diffVersions(history, request.params, { from, to });
    },
  );

  app.post(
    "/api/history/:collection/:id/restore",
    {
      schema: {
        tags: ["history"],
        summary: "Give a record the state of one of its versions, as a new change",
        params: HistoryParams,
        body: RestoreBody,
        response: { 200: RestoreSchema, ...problems(400, 404, 409, 413, 415, 503, 507) },
      },
    },
    (request) => restoreVersion(history, { ...request.params, ...request.body }),
  );

  app.post(
    "/api/history/rewind",
    {
      schema: {
        tags: ["history"],
        summary: "Take one collection or the whole studio back to a moment, as new changes",
        body: RewindBody,
        response: { 200: RewindSchema, ...problems(400, 410, 413, 415, 503, 507) },
      },
    },
    (request) => rewindStudio(history, request.body),
  );
};
