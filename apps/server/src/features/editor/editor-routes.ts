import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Component, Interaction, type Json, type JsonObject, Message, RecordId } from "@safelight/shared";
import { Type } from "@sinclair/typebox";
import { v7 as uuidv7 } from "uuid";
import { problems } from "../../problem-responses.ts";
import { componentFields } from "./core/component-fields.ts";
import { createEditorItems } from "./editor-items.ts";
import { NewComponent, NewInteraction, NewMessage } from "./core/editor-schemas.ts";

const Params = Type.Object({ sessionId: RecordId });
const about = (summary: string) => ({ tags: ["editor"], summary, params: Params });

/** The conversations of the older editor, on top of the same records. */
export const editorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const messages = createEditorItems(app.store, "messages");
  const components = createEditorItems(app.store, "components");
  const interactions = createEditorItems(app.store, "interactions");

  app.get(
    "/api/sessions/:sessionId/messages",
    { schema: { ...about("Messages of a session, oldest first"), response: listOf(Message) } },
    async (request) => [...messages.list(request.params.sessionId)],
  );
  app.post(
    "/api/sessions/:sessionId/messages",
    {
      schema: { ...about("Adds a message; makes the session"), body: NewMessage, response: madeOf(Message) },
    },
    async (request, reply) => {
      const item = withId("msg", request.body);
      return reply.code(201).send(await messages.add(request.params.sessionId, item));
    },
  );

  app.get(
    "/api/sessions/:sessionId/components",
    { schema: { ...about("Components of a session, oldest first"), response: listOf(Component) } },
    async (request) => [...components.list(request.params.sessionId)],
  );
  app.post(
    "/api/sessions/:sessionId/components",
    {
      schema: {
        ...about("Saves a component; makes the session"),
        body: NewComponent,
        response: madeOf(Component),
      },
    },
    async (request, reply) => {
      const item = withId("comp", componentFields(request.body));
      return reply.code(201).send(await components.add(request.params.sessionId, item));
    },
  );

  app.get(
    "/api/sessions/:sessionId/interactions",
    { schema: { ...about("Interactions of a session, oldest first"), response: listOf(Interaction) } },
    async (request) => [...interactions.list(request.params.sessionId)],
  );
  app.post(
    "/api/sessions/:sessionId/interactions",
    {
      schema: {
        ...about("Saves an interaction; makes the session"),
        body: NewInteraction,
        response: madeOf(Interaction),
      },
    },
    async (request, reply) => {
      const item = withId("act", request.body);
      return reply.code(201).send(await interactions.add(request.params.sessionId, item));
    },
  );
};

function listOf<S extends typeof Message | typeof Component | typeof Interaction>(schema: S) {
  return { 200: Type.Array(schema), ...problems(400) };
}

function madeOf<S extends typeof Message | typeof Component | typeof Interaction>(schema: S) {
  return { 201: schema, ...problems(400, 409, 413) };
}

function withId(
  prefix: string,
  fields: { readonly [name: string]: Json | undefined; readonly id?: string },
): JsonObject & { readonly id: string } {
  return { ...(fields as JsonObject), id: fields.id ?? `${prefix}-${uuidv7()}` };
}
