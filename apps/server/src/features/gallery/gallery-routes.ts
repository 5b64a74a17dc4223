import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { v7 as uuidv7 } from "uuid";
import { createGuardedFetch, type GuardedFetch } from "../../net/guarded-fetch.ts";
import { problems } from "../../problem-responses.ts";
import { BinaryBody } from "../../blob-serving/binary-body.ts";
import { contentDisposition } from "../../blob-serving/core/content-disposition.ts";
import { exportSession } from "./export-session.ts";
import { galleryImageRoutes } from "./gallery-image-routes.ts";
import { createGallery, type SessionWithImages } from "./gallery.ts";
import { SessionFields, WireSession, wireOfSession } from "./core/gallery-wire.ts";

export interface GalleryRoutesOptions {
  /** How an image's URL is fetched; left out, from public addresses alone. */
  readonly fetchUrl?: GuardedFetch;
}

/** What is fetched is held in memory. */
const MAX_FETCH_BYTES = 64 * 1024 * 1024;

const Params = Type.Object({ id: RecordId });
const wireOf = ({ session, images }: SessionWithImages) => wireOfSession(session, images.length);

/** The gallery in the shape of the older app, on top of the same records. */
export const galleryRoutes: FastifyPluginAsyncTypebox<GalleryRoutesOptions> = async (app, options) => {
  const { config, store } = app;
  const gallery = createGallery({
    store,
    now: () => new Date(),
    newSessionId: () => `gal-${Math.floor(Date.now() / 1000)}-${randomBytes(3).toString("hex")}`,
    newImageId: () => `img-${uuidv7()}`,
  });
  const fetchUrl =
    options.fetchUrl ?? createGuardedFetch({ maxBytes: Math.min(config.maxUploadBytes, MAX_FETCH_BYTES) });
  await app.register(galleryImageRoutes, { gallery, fetchUrl });
  const about = (summary: string) => ({ tags: ["gallery"], summary });

  app.get(
    "/api/gallery/sessions",
    {
      schema: {
        ...about("All sessions, newest first"),
        response: { 200: Type.Object({ sessions: Type.Array(WireSession) }) },
      },
    },
    async () => ({ sessions: gallery.sessions().map(wireOf) }),
  );

  app.post(
    "/api/gallery/sessions",
    {
      schema: {
        ...about("Makes a session; without a name it is named by its date and first directive"),
        body: SessionFields,
        response: { 201: WireSession, ...problems(400) },
      },
    },
    async (request, reply) => reply.code(201).send(wireOf(await gallery.createSession(request.body))),
  );

  app.get(
    "/api/gallery/session/:id",
    {
      schema: {
        ...about("A session"),
        params: Params,
        response: { 200: WireSession, ...problems(400, 404) },
      },
    },
    async (request) => wireOf(gallery.session(request.params.id)),
  );

  app.patch(
    "/api/gallery/session/:id",
    {
      schema: {
        ...about("Changes what is sent of a session"),
        params: Params,
        body: SessionFields,
        response: { 200: WireSession, ...problems(400, 404) },
      },
    },
    async (request) => wireOf(await gallery.updateSession(request.params.id, request.body)),
  );

  app.delete(
    "/api/gallery/session/:id",
    {
      schema: {
        ...about("Puts a session and its images into the trash"),
        params: Params,
        response: { 200: WireSession, ...problems(400, 404) },
      },
    },
    async (request) => wireOf(await gallery.deleteSession(request.params.id)),
  );

  app.get(
    "/api/gallery/session/:id/export",
    {
      schema: {
        ...about("A ZIP of a session's images and metadata"),
        params: Params,
        response: { 200: BinaryBody, ...problems(400, 404) },
      },
    },
    async (request, reply) => {
      const archive = await exportSession(gallery.session(request.params.id), store.blobs);
      reply.header("content-disposition", contentDisposition("attachment", archive.filename));
      return reply.type("application/zip").header("cache-control", "no-store").send(archive.stream);
    },
  );
};
