import type { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { ChangesPage, CursorText, PushRequest, PushResponse } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { JSON_TYPE } from "../../json-type.ts";
import { problems } from "../../problem-responses.ts";
import { createPageMemory } from "../../records/page-memory.ts";
import { chooseEncoding } from "./core/content-encoding.ts";
import { readDeviceName } from "./core/device-name.ts";
import { placeInSequence } from "./core/place-in-sequence.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { pushMutations } from "./push-mutations.ts";
import { readChanges } from "./read-changes.ts";
import { openSnapshotStream } from "./snapshot-stream.ts";
import { withOpenConflicts } from "./with-open-conflicts.ts";

const tags = ["sync"];

export interface SyncRoutesOptions {
  readonly heartbeatMs?: number;
  readonly stallMs?: number;
}

/** `/api/sync/…`: push, changes, snapshot and the event stream. */
async function register(instance: FastifyInstance, options: SyncRoutesOptions): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();
  const timing = { heartbeatMs: options.heartbeatMs ?? 15_000, stallMs: options.stallMs ?? 60_000 };
  const source = withOpenConflicts(app.store, (error) =>
    app.log.warn({ err: error }, "conflicts of before the start could not be read"),
  );
  /** Of a device that says where it was: what lost meanwhile it is to hear of. */
  const recallFor = (since: string | undefined) => {
    const place = since === undefined ? undefined : placeInSequence(source.cursor(), since);
    return place?.kind === "from" ? source.recall(place.seq) : undefined;
  };
  const streams = new Set<EventStream>();
  const pages = createPageMemory<Buffer>(app.store);
  app.addHook("preClose", async () => {
    for (const stream of streams) stream.end();
  });

  app.post(
    "/api/sync/push",
    {
      schema: {
        tags,
        summary: "Commit a client's mutations, each on its own and once",
        headers: Type.Object({
          "safelight-device": Type.Optional(
            Type.String({ maxLength: 1000, description: "What the device is called; percent-encoded" }),
          ),
        }),
        body: PushRequest,
        response: { 200: PushResponse, ...problems(400, 409, 413, 415, 503, 507) },
      },
    },
    (request) => pushMutations(app.store, request.body, readDeviceName(request.headers["safelight-device"])),
  );

  app.get(
    "/api/sync/changes",
    {
      schema: {
        tags,
        summary: "Latest state of each record changed after a cursor",
        querystring: Type.Object(
          {
            since: Type.Optional(CursorText),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, default: 1000 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Unsafe<Buffer>(ChangesPage), ...problems(400, 410) },
      },
    },
    async (request, reply) => {
      reply.type(JSON_TYPE).header("cache-control", "no-store");
      const { since, limit = 1000 } = request.query;
      const recalled = recallFor(since);
      if (recalled !== undefined) await recalled;
      return pages.read(`${since ?? ""} ${limit}`, () => readChanges(source, since, limit));
    },
  );

  app.get(
    "/api/sync/snapshot",
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "Every record, newest change first, as NDJSON",
        description: "Lines: `head`, `record`…, `end`. One without `end` was cut off; resume with `before`.",
        querystring: Type.Object(
          { before: Type.Optional(Type.Integer({ minimum: 1, description: "lowest `seq` seen" })) },
          { additionalProperties: false },
        ),
        response: {
          200: { content: { "application/x-ndjson": { schema: Type.Unsafe<Readable>({ type: "string" }) } } },
          ...problems(400),
        },
      },
    },
    async (request, reply) => {
      const encoding = chooseEncoding(request.headers["accept-encoding"]);
      if (encoding !== "identity") reply.header("content-encoding", encoding);
      reply.type("application/x-ndjson; charset=utf-8");
      reply.headers({ vary: "accept-encoding", "cache-control": "no-store" });
      return reply.send(openSnapshotStream(source, encoding, request.query.before));
    },
  );

  app.get(
    "/api/sync/events",
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: "The changes themselves as server-sent events",
        description: "Events: `hello` first, then `changes` or `reset`. `Last-Event-ID` goes before `since`.",
        querystring: Type.Object({ since: Type.Optional(CursorText) }, { additionalProperties: false }),
        headers: Type.Object({ "last-event-id": Type.Optional(Type.String({ maxLength: 100 })) }),
        response: {
          200: { content: { "text/event-stream": { schema: Type.Unsafe<Readable>({ type: "string" }) } } },
          ...problems(400),
        },
      },
    },
    async (request, reply) => {
      const since = request.headers["last-event-id"] ?? request.query.since;
      await recallFor(since);
      const stream = openEventStream(source, { since, ...timing });
      streams.add(stream);
      stream.readable.once("close", () => streams.delete(stream));
      reply.type("text/event-stream; charset=utf-8");
      reply.headers({ "cache-control": "no-store, no-transform", "x-accel-buffering": "no" });
      return reply.send(stream.readable);
    },
  );
}

export const syncRoutes = fp(register, {
  name: "sync-routes",
  fastify: "5.x",
  decorators: { fastify: ["store"] },
  dependencies: ["problem-documents", "typed-parameters", "json-body"],
});
