import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { galleryImageName, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { ProblemError } from "../../problem-error.ts";
import { problems } from "../../problem-responses.ts";
import { BinaryBody, NoBody } from "../../blob-serving/binary-body.ts";
import { CACHE_CHECKED } from "../../blob-serving/core/plan-blob-response.ts";
import { sendBlob } from "../../blob-serving/send-blob.ts";
import type { Gallery } from "./gallery.ts";
import { NewImage, WireImage, wireOfImage } from "./core/gallery-wire.ts";
import { saveImage } from "./save-image.ts";

export interface GalleryImageRoutesOptions {
  readonly gallery: Gallery;
  readonly fetchUrl: GuardedFetch;
}

/** Base64 makes bodies long. */
const MIN_BODY_LIMIT_BYTES = 64 * 1024 * 1024;
const SessionParams = Type.Object({ id: RecordId });
const ImageParams = Type.Object({ id: RecordId, imageId: RecordId });

/** The images of a session. */
export const galleryImageRoutes: FastifyPluginAsyncTypebox<GalleryImageRoutesOptions> = async (
  app,
  options,
) => {
  const { config, store } = app;
  const { gallery, fetchUrl } = options;
  const about = (summary: string) => ({ tags: ["gallery"], summary });

  app.get(
    "/api/gallery/session/:id/images",
    {
      schema: {
        ...about("The images of a session, in the order in which they came"),
        params: SessionParams,
        response: {
          200: Type.Object({ session_id: RecordId, images: Type.Array(WireImage) }),
          ...problems(400, 404),
        },
      },
    },
    async (request) => {
      const { session, images } = gallery.session(request.params.id);
      return { session_id: session.id, images: images.map(wireOfImage) };
    },
  );

  app.post(
    "/api/gallery/session/:id/images",
    {
      bodyLimit: Math.max(config.maxBodyBytes, MIN_BODY_LIMIT_BYTES),
      schema: {
        ...about("Saves an image, from base64 or from a public URL"),
        params: SessionParams,
        body: NewImage,
        response: { 201: WireImage, ...problems(400, 404, 413, 415, 422, 502, 504) },
      },
    },
    async (request, reply) => {
      const { maxPixels } = config;
      const saving = { gallery, fetchUrl, maxPixels, blobs: store.blobs };
      const image = await saveImage(request.params.id, request.body, saving);
      return reply.code(201).send(wireOfImage(image));
    },
  );

  app.route({
    method: ["GET", "HEAD"],
    url: "/api/gallery/session/:id/images/:imageId",
    schema: {
      ...about("An image's file"),
      params: ImageParams,
      response: { 200: BinaryBody, 206: BinaryBody, 304: NoBody, 416: NoBody, ...problems(400, 404) },
    },
    handler: (request, reply) => {
      const image = gallery.image(request.params.id, request.params.imageId);
      if (image.blob === undefined) {
        throw new ProblemError(404, "gallery.file-missing", "This image has no file in the studio.");
      }
      const { filename } = galleryImageName(image);
      return sendBlob(request, reply, image.blob.sha256, { cacheControl: CACHE_CHECKED, filename });
    },
  });

  app.delete(
    "/api/gallery/session/:id/images/:imageId",
    {
      schema: {
        ...about("Puts an image into the trash"),
        params: ImageParams,
        response: { 200: WireImage, ...problems(400, 404) },
      },
    },
    async (request) => wireOfImage(await gallery.deleteImage(request.params.id, request.params.imageId)),
  );
};
