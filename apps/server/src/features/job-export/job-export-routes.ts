import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Job, JobChoice, jobMatcher } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { Type } from "@sinclair/typebox";
import { BinaryBody } from "../../blob-serving/binary-body.ts";
import { contentDisposition } from "../../blob-serving/core/content-disposition.ts";
import { JSON_TYPE } from "../../json-type.ts";
import { problems } from "../../problem-responses.ts";
import { type ExportFormat, exportJobs } from "./export-jobs.ts";

const MIMES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  json: JSON_TYPE,
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

const Query = Type.Object(
  {
    ...JobChoice.properties,
    format: Type.Optional(
      Type.Union([Type.Literal("csv"), Type.Literal("xlsx"), Type.Literal("json")], { default: "csv" }),
    ),
  },
  { additionalProperties: false },
);

/** Jobs as a file for other programs, newest first, without those in the trash. */
export const jobExportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/jobs/export",
    {
      schema: {
        tags: ["jobs"],
        summary: "The jobs that fit, as CSV, Excel or JSON",
        querystring: Query,
        response: { 200: BinaryBody, ...problems(400) },
      },
    },
    async (request, reply) => {
      const { format = "csv", ...choice } = request.query;
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .headers({
          "cache-control": "no-store",
          "content-disposition": contentDisposition("attachment", `jobs-${day}.${format}`),
        })
        .type(MIMES[format])
        .send(exportJobs(chosenJobs(app.store, choice), format));
    },
  );
};

/** By id, because rows are written over many turns of the event loop while records come and go. */
function* chosenJobs(store: Pick<Store, "get" | "scan">, choice: JobChoice): Generator<Job> {
  const matches = jobMatcher(choice);
  const keys: { id: string; createdAt: string }[] = [];
  for (const { id, createdAt, deletedAt } of store.scan("jobs")) {
    if (deletedAt === undefined) keys.push({ id, createdAt });
  }
  keys.sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
  for (const { id } of keys) {
    const job = store.get("jobs", id);
    if (job !== undefined && job.deletedAt === undefined && matches?.(job) !== false) yield job;
  }
}
