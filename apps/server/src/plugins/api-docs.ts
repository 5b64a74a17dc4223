import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import { problems } from "../problem-responses.ts";
import { SERVER_VERSION } from "../version.ts";

/** What any route can answer, whatever it does. */
const EVERYWHERE = problems(401, 403, 500);

/** The OpenAPI document, made of the routes' own schemas: a page at `/docs`, the document at `/docs/json`. */
async function register(app: FastifyInstance): Promise<void> {
  app.addHook("onRoute", ({ schema }) => {
    if (schema === undefined || schema.hide === true) return;
    schema.response = { ...EVERYWHERE, ...(schema.response as object | undefined) };
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Safelight",
        version: SERVER_VERSION,
        description: "A self-hosted studio for generative-AI work. Errors are RFC 9457 problem documents.",
        license: { name: "MIT", identifier: "MIT" },
      },
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "Asked for when SAFELIGHT_TOKEN is set." },
        },
      },
      security: [{}, { token: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, index) =>
        typeof json["$id"] === "string" ? json["$id"] : `def-${index}`,
    },
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: false,
    theme: {
      title: "Safelight API",
      css: [{ filename: "theme.css", content: ".swagger-ui .topbar { display: none; }" }],
    },
    uiConfig: { docExpansion: "none", deepLinking: false, tryItOutEnabled: true, filter: true },
  });
}

export const apiDocs = fp(register, { name: "api-docs", fastify: "5.x" });
