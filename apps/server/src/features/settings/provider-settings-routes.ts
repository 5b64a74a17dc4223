import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { problems } from "../../problem-responses.ts";
import { changeSettings, settingsOf, testSettings } from "./provider-settings-actions.ts";

const Setting = Type.Object(
  {
    name: Type.String(),
    label: Type.String(),
    description: Type.String(),
    env: Type.String({ description: "the environment variable that gives it when this page does not" }),
    isSecret: Type.Boolean(),
    isRequired: Type.Boolean(),
    isSet: Type.Boolean(),
    source: Type.Union([
      Type.Literal("settings"),
      Type.Literal("environment"),
      Type.Literal("default"),
      Type.Literal("none"),
    ]),
    value: Type.Optional(Type.String({ description: "of a setting that is no secret" })),
    hint: Type.Optional(Type.String({ maxLength: 4, description: "last characters of a long secret" })),
  },
  { additionalProperties: true },
);
const ProviderSettings = Type.Object({
  id: Type.String(),
  name: Type.String(),
  settings: Type.Array(Setting),
  missing: Type.Array(Type.String(), { description: "labels of what is needed and not set" }),
  canTest: Type.Boolean(),
});

const Report = Type.Union([
  Type.Object({ ok: Type.Literal(true), detail: Type.String(), balanceUsd: Type.Optional(Type.Number()) }),
  Type.Object({ ok: Type.Literal(false), code: Type.String(), message: Type.String() }),
]);

const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, { additionalProperties: false });

/** Keys and addresses of providers. A secret goes in and is never shown again. */
export const providerSettingsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    "/api/settings/providers",
    {
      schema: {
        tags: ["settings"],
        summary: "The settings of every provider, without their secrets",
        response: { 200: Type.Object({ providers: Type.Array(ProviderSettings) }), ...problems(403) },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return { providers: [...app.providers.keys()].map((id) => settingsOf(app, id)) };
    },
  );

  app.get(
    "/api/settings/providers/:id",
    {
      schema: {
        tags: ["settings"],
        summary: "The settings of a provider, without its secrets",
        params,
        response: { 200: ProviderSettings, ...problems(400, 403, 404) },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return settingsOf(app, request.params.id);
    },
  );

  app.put(
    "/api/settings/providers/:id",
    {
      schema: {
        tags: ["settings"],
        summary: "Set a provider's keys and addresses; what is not sent stays, null takes it away",
        params,
        body: Type.Object(
          {
            values: Type.Record(
              Type.String({ maxLength: 100 }),
              Type.Union([Type.String({ minLength: 1, maxLength: 4000 }), Type.Null()]),
              { maxProperties: 50 },
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: ProviderSettings, ...problems(400, 403, 404, 415, 503, 507) },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      return changeSettings(app, request.params.id, request.body.values);
    },
  );

  app.post(
    "/api/settings/providers/:id/test",
    {
      schema: {
        tags: ["settings"],
        summary: "Whether a provider's address and key are right; costs nothing",
        params,
        response: { 200: Report, ...problems(400, 403, 404, 409) },
      },
    },
    async (request) => testSettings(app, request.params.id),
  );
};
