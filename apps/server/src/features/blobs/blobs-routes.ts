import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { BlobRef, Sha256 } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { CACHE_FOREVER } from "../../blob-serving/core/plan-blob-response.ts";
import { putBlob } from "./put-blob.ts";
import { sendBlob } from "../../blob-serving/send-blob.ts";

const Params = Type.Object({ sha256: Sha256 });
const Query = Type.Object(
  {
    download: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description: "save under this name instead of showing it",
      }),
    ),
  },
  { additionalProperties: false },
);

/** Immutable bytes, addressed by their SHA-256. */
export const blobsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  // Bytes of any type are taken as they are and streamed; nothing is parsed. Only this plugin's routes are affected.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

  app.route({
    method: ["GET", "HEAD"],
    url: "/api/blobs/:sha256",
    schema: {
      tags: ["blobs"],
      summary: "The bytes with this SHA-256, whole or a range of them",
      params: Params,
      querystring: Query,
      response: { 200: BinaryBody, 206: BinaryBody, 304: NoBody, 416: NoBody, ...problems(400, 404) },
    },
    handler: (request, reply) => {
      const { download } = request.query;
      const presentation = { cacheControl: CACHE_FOREVER };
      return sendBlob(request, reply, request.params.sha256, {
        ...presentation,
        ...(download === undefined ? {} : { filename: download, download: true }),
      });
    },
  });

  app.put(
    "/api/blobs/:sha256",
    {
      bodyLimit: app.config.maxUploadBytes,
      schema: {
        tags: ["blobs"],
        summary: "Keeps the body under its SHA-256; doing it again changes nothing",
        params: Params,
        consumes: ["application/octet-stream"],
        body: Type.Unknown({ description: "The bytes, whatever content type they are sent with" }),
        response: { 200: BlobRef, ...problems(400, 413, 422) },
      },
    },
    async (request) => {
      const { body } = request;
      const source = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : Readable.from([]);
      const maxBytes = app.config.maxUploadBytes;
      try {
        return await putBlob(app.store.blobs, { sha256: request.params.sha256, maxBytes, source });
      } finally {
        // What is left of a refused body is read away: the sender shall get the answer, not a broken connection.
        request.raw.resume();
      }
    },
  );
};
