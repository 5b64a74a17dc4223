import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { contentFilename, type GeneratedContent, RecordId } from "@safelight/shared";
import { sidecarOf, settingsOfContent } from "@safelight/shared/picture-metadata";
import { Type } from "@sinclair/typebox";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { contentDisposition } from "../../blob-serving/core/content-disposition.ts";
import { CACHE_CHECKED } from "../../blob-serving/core/plan-blob-response.ts";
import { sendBlob } from "../../blob-serving/send-blob.ts";
import { ProblemError } from "../../problem-error.ts";
import { JSON_TYPE } from "../../json-type.ts";
import { problems } from "../../problem-responses.ts";
import { describeCopy } from "./described-copy.ts";

const Params = Type.Object({ id: RecordId }, { additionalProperties: false });
/** Larger originals are downloaded as they are: a described copy is made in memory. */
const MAX_COPY_BYTES = 256 * 1024 * 1024;

/** Contents to keep outside the studio: the original, a copy that says how it was made, or that alone. */
export const downloadsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { store } = app;

  function contentOf(id: string): GeneratedContent {
    const content = store.get("contents", id);
    if (content !== undefined) return content;
    throw new ProblemError(404, "record.missing", `contents have no record "${id}".`);
  }

  function blobOf(content: GeneratedContent): NonNullable<GeneratedContent["blob"]> {
    if (content.blob !== undefined) return content.blob;
    throw new ProblemError(404, "blob.missing", "This content has no file in the studio.");
  }

  app.route({
    method: ["GET", "HEAD"],
    url: "/api/contents/:id/file",
    schema: {
      tags: ["contents"],
      summary: "The original, untouched, under its readable name",
      params: Params,
      response: { 200: BinaryBody, 206: BinaryBody, 304: NoBody, 416: NoBody, ...problems(400, 404) },
    },
    handler: async (request, reply) => {
      const content = contentOf(request.params.id);
      return sendBlob(request, reply, blobOf(content).sha256, {
        cacheControl: CACHE_CHECKED,
        filename: contentFilename(content) ?? content.id,
        download: true,
      });
    },
  });

  app.get(
    "/api/contents/:id/described-file",
    {
      schema: {
        tags: ["contents"],
        summary: "A copy that says how it was made: in the picture, or as a ZIP with a JSON file beside it",
        params: Params,
        response: { 200: BinaryBody, ...problems(400, 404, 413) },
      },
    },
    async (request, reply) => {
      const content = contentOf(request.params.id);
      const { sha256 } = blobOf(content);
      const stored = await store.blobs.stat(sha256);
      if (stored === undefined) {
        throw new ProblemError(404, "blob.missing", "These bytes are not in the studio.");
      }
      if (stored.sizeBytes > MAX_COPY_BYTES) {
        throw new ProblemError(
          413,
          "copy.too-large",
          `The file is larger than ${MAX_COPY_BYTES} bytes. Download the original and its settings apart.`,
        );
      }
      const job = content.jobId === undefined ? undefined : store.get("jobs", content.jobId);
      const original = { mime: stored.mime, bytes: await store.blobs.bytes(sha256) };
      const copy = await describeCopy(content, job, original);
      return reply
        .headers({
          "cache-control": CACHE_CHECKED,
          "content-security-policy": "sandbox",
          "content-disposition": contentDisposition("attachment", copy.filename),
        })
        .type(copy.mime)
        .send(Buffer.from(copy.bytes.buffer, copy.bytes.byteOffset, copy.bytes.byteLength));
    },
  );

  app.get(
    "/api/contents/:id/settings",
    {
      schema: {
        tags: ["contents"],
        summary: "How a content was made, as JSON to lie beside its file",
        params: Params,
        response: { 200: Type.Unsafe<string>({ type: "object" }), ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const content = contentOf(request.params.id);
      const job = content.jobId === undefined ? undefined : store.get("jobs", content.jobId);
      const filename = `${contentFilename(content) ?? content.id}.json`;
      return reply
        .header("content-disposition", contentDisposition("attachment", filename))
        .type(JSON_TYPE)
        .send(sidecarOf(settingsOfContent(content, job)));
    },
  );
};
