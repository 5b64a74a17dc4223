import { extname } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { isApiPath } from "./request-guard.ts";

const ONE_YEAR = "public, max-age=31536000, immutable";

/** Serves the built web app; its pages have no file of their own and get `index.html`. */
async function register(app: FastifyInstance): Promise<void> {
  const { webRoot } = app.config;
  if (webRoot === undefined) return;
  await app.register(fastifyStatic, {
    root: webRoot,
    dotfiles: "ignore",
    index: ["index.html"],
    cacheControl: false,
    schemaHide: true,
    // Names under `assets/` carry a hash of their content; the rest (`index.html`, `sw.js`) is asked for anew.
    setHeaders: (reply, path) => {
      const immutable = path.replaceAll("\\", "/").includes("/assets/");
      reply.header("cache-control", immutable ? ONE_YEAR : "no-cache");
    },
  });
  app.answerUnknownRoute((request, reply) => (isPage(request) ? sendIndex(reply) : undefined));
}

/** Whether somebody opens a page of the app, rather than asking for a file or for data. */
function isPage(request: FastifyRequest): boolean {
  const path = request.url.replace(/[?#].*$/, "");
  return (
    (request.method === "GET" || request.method === "HEAD") &&
    request.headers.accept?.includes("text/html") === true &&
    !isApiPath(path) &&
    extname(path) === ""
  );
}

function sendIndex(reply: FastifyReply): FastifyReply {
  return reply.code(200).sendFile("index.html");
}

export const webApp = fp(register, {
  name: "web-app",
  fastify: "5.x",
  decorators: { fastify: ["config"] },
  dependencies: ["unknown-routes"],
});
