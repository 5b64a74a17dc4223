import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { JobKind } from "@safelight/shared";
import { type Static, Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";

const Hours = Type.Number({ minimum: 0, description: "in hours" });

const StudioSettings = Type.Object({
  publicUrl: Type.Optional(
    Type.String({ description: "where providers reach the studio with webhooks; absent: it asks them" }),
  ),
  runDeadlines: Type.Array(Type.Object({ kind: JobKind, hours: Hours }), {
    description: "how long a run may take from its submit before it is told to stop",
  }),
  trashDays: Type.Integer({ description: "0: for ever" }),
  historyDays: Type.Integer({ description: "0: for ever" }),
  historyMaxBytes: Type.Integer(),
  maxUploadBytes: Type.Integer(),
  maxPixels: Type.Integer(),
});

const MS_PER_HOUR = 3_600_000;

/** What the studio was started with, as far as it is no secret and says how it behaves. */
export const studioSettingsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { publicUrl, trashDays, historyDays, historyMaxBytes, maxUploadBytes, maxPixels } = app.config;

  app.get(
    "/api/settings/studio",
    {
      schema: {
        tags: ["settings"],
        summary: "How the studio was started: its public address, its deadlines, what it keeps and takes",
        response: { 200: StudioSettings, ...problems(403) },
      },
    },
    async (_request, reply): Promise<Static<typeof StudioSettings>> => {
      reply.header("cache-control", "no-store");
      const { deadlinesMs } = app.jobRunner;
      return {
        ...(publicUrl !== undefined && { publicUrl }),
        runDeadlines: JobKind.anyOf.map(({ const: kind }) => ({
          kind,
          hours: deadlinesMs[kind] / MS_PER_HOUR,
        })),
        trashDays,
        historyDays,
        historyMaxBytes,
        maxUploadBytes,
        maxPixels,
      };
    },
  );
};
