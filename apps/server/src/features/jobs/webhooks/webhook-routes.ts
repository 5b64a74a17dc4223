import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "@sinclair/typebox";
import type { IncomingHttpHeaders } from "node:http";
import { problems } from "../../../problem-responses.ts";
import { takeWebhook } from "./take-webhook.ts";

/** Longest body of a call: providers send what their status says, and pictures only as addresses. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Where providers report the end of a run. Bodies are kept as they came: they are signed. */
export const webhookRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "*",
    { parseAs: "buffer", bodyLimit: MAX_BYTES },
    async (_request: unknown, body: Buffer) => body,
  );

  app.post(
    "/api/webhooks/:provider/:token",
    {
      bodyLimit: MAX_BYTES,
      schema: {
        tags: ["jobs"],
        summary: "Called by providers when a run has ended",
        params: Type.Object(
          { provider: Type.String({ maxLength: 64 }), token: Type.String({ maxLength: 256 }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({}), ...problems(401, 403, 413, 503) },
      },
    },
    async (request) => {
      const { provider, token } = request.params;
      await takeWebhook(
        {
          store: app.store,
          providers: app.providers,
          runner: app.jobRunner,
          tokens: app.webhookTokens,
          runs: app.runAdoption,
        },
        {
          providerId: provider,
          token,
          headers: singleHeaders(request.headers),
          rawBody: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
        },
      );
      return {};
    },
  );
};

function singleHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") single[name] = value;
  }
  return single;
}
