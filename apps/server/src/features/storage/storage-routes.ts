import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import { v7 as uuidv7 } from "uuid";
import { ProblemError } from "../../problem-error.ts";
import { problems } from "../../problem-responses.ts";
import { listStorage } from "./list-storage.ts";
import { saveContents } from "./save-contents.ts";
import { saveModels } from "./save-models.ts";
import { LegacyContent, LegacyModel, StorageType } from "../../older-apps/storage-schemas.ts";

/** `data:` URLs make bodies long. */
const MIN_BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** Models and contents in the shape of the older app, on top of the same records. */
export const storageRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, store } = app;

  app.get(
    "/api/storage",
    {
      schema: {
        tags: ["storage"],
        summary: "All models, or all generated contents",
        querystring: Type.Object({ type: StorageType }, { additionalProperties: false }),
        response: {
          200: Type.Union([Type.Array(LegacyModel), Type.Array(LegacyContent)]),
          ...problems(400),
        },
      },
    },
    async (request) => listStorage(store, request.query.type),
  );

  app.post(
    "/api/storage",
    {
      bodyLimit: Math.max(config.maxBodyBytes, MIN_BODY_LIMIT_BYTES),
      schema: {
        tags: ["storage"],
        summary: "Saves one model or content, or a list; what is not in the list is kept",
        // The body says it; an address that was copied from a read says it too.
        querystring: Type.Object({ type: Type.Optional(StorageType) }, { additionalProperties: false }),
        body: Type.Object({ type: StorageType, data: Type.Unknown() }, { additionalProperties: false }),
        response: {
          200: Type.Object({ success: Type.Literal(true), saved: Type.Integer({ minimum: 0 }) }),
          ...problems(400, 413, 415, 422),
        },
      },
    },
    async (request) => {
      const { type, data } = request.body;
      const { type: asked = type } = request.query;
      if (asked !== type) throw otherType(type);
      const { maxPixels } = config;
      const newId = () => `model-${uuidv7()}`;
      const saved =
        type === "models"
          ? await saveModels(data, { store, maxPixels, newId })
          : await saveContents(store, data, maxPixels);
      return { success: true as const, saved };
    },
  );
};

function otherType(type: string): ProblemError {
  const message = `must be "${type}", as in the body`;
  return new ProblemError(400, "request.invalid", `?type ${message}.`, {
    errors: [{ path: "?type", message }],
  });
}
