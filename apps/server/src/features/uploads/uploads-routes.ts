import { join } from "node:path";
import multipart from "@fastify/multipart";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { BlobRef, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { v7 as uuidv7 } from "uuid";
import { problems } from "../../problem-responses.ts";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { CACHE_CHECKED } from "../../blob-serving/core/plan-blob-response.ts";
import { sendBlob } from "../../blob-serving/send-blob.ts";
import { type ContentFolder, createContentNames } from "./content-names.ts";
import { clearUploadStages } from "./stage-upload.ts";
import { takeUpload } from "./take-upload.ts";

const MAX_FILES = 100;

const Form = Type.Unsafe<unknown>({
  type: "object",
  properties: { files: { type: "array", items: { type: "string", format: "binary" } } },
});

const SavedUploads = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        { id: RecordId, filename: Type.String(), url: Type.String(), blob: BlobRef },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

/** Takes pictures and clips in, and serves contents by their readable names. */
export const uploadsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, store } = app;
  const limits = { fileSize: Number.MAX_SAFE_INTEGER, files: MAX_FILES, fields: 20, parts: MAX_FILES + 20 };
  await app.register(multipart, { limits, throwFileSizeLimit: false });
  const names = createContentNames(store);
  const cacheDir = join(config.dataDir, "cache");
  app.addHook("onReady", () => clearUploadStages(cacheDir));

  app.post(
    "/api/uploads",
    {
      // Parts are read as they come; the schema describes them and has nothing to check.
      validatorCompiler: () => () => true,
      schema: {
        tags: ["uploads"],
        summary: "Takes the files of a multipart form in, all or none",
        consumes: ["multipart/form-data"],
        body: Form,
        response: { 201: SavedUploads, ...problems(400, 413, 415, 422) },
      },
    },
    async (request, reply) => {
      const newId = () => `content-${uuidv7()}`;
      const { maxPixels, maxUploadBytes: maxFileBytes } = config;
      const taking = { store, cacheDir, maxPixels, maxFileBytes, newId };
      const files = await takeUpload(request.parts(), taking);
      return reply.code(201).send({ files: [...files] });
    },
  );

  const serve = (folder: ContentFolder): void => {
    app.route({
      method: ["GET", "HEAD"],
      url: `/api/${folder}/*`,
      schema: {
        tags: ["uploads"],
        summary: `A file of ${folder} by its readable name`,
        params: Type.Object({ "*": Type.String({ maxLength: 400 }) }),
        response: { 200: BinaryBody, 206: BinaryBody, 304: NoBody, 416: NoBody, ...problems(400, 404) },
      },
      handler: (request, reply) => {
        const name = request.params["*"];
        const { blob } = names.resolve(folder, name);
        return sendBlob(request, reply, blob.sha256, { cacheControl: CACHE_CHECKED, filename: name });
      },
    });
  };
  serve("uploads");
  serve("generated");
};
