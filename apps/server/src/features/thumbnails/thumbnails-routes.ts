import { join } from "node:path";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Sha256 } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { listHeaders, sendNotModified, sendReady } from "../../answers/ready-answer.ts";
import { configureDecoder } from "../../media/configure-decoder.ts";
import { problems } from "../../problem-responses.ts";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { CACHE_FOREVER } from "../../blob-serving/core/plan-blob-response.ts";
import { createThumbnailMaker, ThumbnailWidth } from "./thumbnail-maker.ts";

const POLICY = { "cache-control": CACHE_FOREVER, "content-security-policy": "sandbox" };
const UNCHANGED_HEADERS = listHeaders(POLICY);
const WEBP_HEADERS = listHeaders({ ...POLICY, "content-type": "image/webp" });

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
    // No promise for what is in memory: a wall of pictures asks for hundreds at a time.
    (request, reply) => {
      const { sha256, width } = request.params;
      const etag = `"${sha256}-${width}"`;
      if (request.headers["if-none-match"] === etag) {
        return sendNotModified(reply, [...UNCHANGED_HEADERS, "etag", etag]);
      }
      const send = (webp: Buffer) => sendReady(reply, 200, [...WEBP_HEADERS, "etag", etag], webp);
      const held = maker.held(sha256, width);
      return held === undefined ? maker.get(sha256, width).then(send) : send(held);
    },
  );
};
