import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { type BlobReader, createBlobReader } from "./blob-reader.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly blobReader: BlobReader;
  }
}

/** Gives every route that serves bytes the same reader, and so one memory of small blobs. */
export const blobReaderPlugin = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.decorate("blobReader", createBlobReader(app.store.blobs));
  },
  { name: "blob-reader" },
);
