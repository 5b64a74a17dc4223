import { join } from "node:path";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Sha256 } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { configureDecoder } from "../../media/configure-decoder.ts";
import { problems } from "../../problem-responses.ts";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { CACHE_FOREVER } from "../../blob-serving/core/plan-blob-response.ts";
import { createThumbnailMaker, ThumbnailWidth } from "./thumbnail-maker.ts";

const Params = Type.Object({ sha256: Sha256, width: ThumbnailWidth });

/** Small versions of pictures. */
export const thumbnailsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, store } = app;
  configureDecoder();
  const maker = createThumbnailMaker({
    blobs: store.blobs,
    cacheDir: join(config.dataDir, "cache"),
    maxPixels: config.maxPixels,
    // One more than two cores, so that none waits while a picture is read. Not more: libuv's four threads are shared with the
    // journal's fsync, and pictures must not take all of them.
    maxInFlight: 3,
  });
  app.addHook("onClose", () => maker.idle());

  app.get(
    "/api/thumbnails/:sha256/:width",
    {
      schema: {
        tags: ["blobs"],
        summary: "A picture as a WebP of this width, upright, never enlarged",
        params: Params,
        response: { 200: BinaryBody, 304: NoBody, ...problems(400, 404, 415, 422) },
      },
    },
    async (request, reply) => {
      const { sha256, width } = request.params;
      const etag = `"${sha256}-${width}"`;
      const headers = { etag, "cache-control": CACHE_FOREVER, "content-security-policy": "sandbox" };
      if (request.headers["if-none-match"] === etag) return reply.code(304).headers(headers).send();
      const webp = await maker.get(sha256, width);
      return reply.headers(headers).type("image/webp").send(webp);
    },
  );
};
