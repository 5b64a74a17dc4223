import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { STUDIO_PREFERENCES } from "@safelight/shared";
import type { Store } from "@safelight/store";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { upsertStep } from "../../records/upsert-step.ts";

const Queue = Type.Object({
  paused: Type.Boolean(),
  pausedProviders: Type.Array(Type.String()),
});

/** Whether queued jobs are sent. What is under way goes on when the queue is paused. */
export const queueRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/queue",
    {
      schema: {
        tags: ["jobs"],
        summary: "Whether the queue is paused, as a whole or for a provider",
        response: { 200: Queue, ...problems(403) },
      },
    },
    async () => queueOf(app.store),
  );

  app.put(
    "/api/queue",
    {
      schema: {
        tags: ["jobs"],
        summary: "Pause the queue or let it go on, as a whole or for some providers",
        description: "A job's place is its `priority`: higher goes first, then the lower number.",
        body: Type.Object(
          {
            paused: Type.Optional(Type.Boolean()),
            pausedProviders: Type.Optional(
              Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100, uniqueItems: true }),
            ),
          },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Queue, ...problems(400, 403, 415, 503, 507) },
      },
    },
    async (request) => {
      const { paused, pausedProviders } = request.body;
      const set = {
        ...(paused !== undefined && { queuePaused: paused }),
        ...(pausedProviders !== undefined && { pausedProviders }),
      };
      await app.store.commit({
        by: "http",
        actor: "client",
        atomicity: "all",
        steps(staged) {
          const step = upsertStep(staged, { collection: "preferences", id: STUDIO_PREFERENCES, set });
          return step === undefined ? [] : [step];
        },
      });
      return queueOf(app.store);
    },
  );
};

function queueOf(store: Pick<Store, "get">) {
  const preferences = store.get("preferences", STUDIO_PREFERENCES);
  return {
    paused: preferences?.queuePaused ?? false,
    pausedProviders: [...(preferences?.pausedProviders ?? [])],
  };
}
