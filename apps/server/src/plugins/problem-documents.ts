import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import fp from "fastify-plugin";
import { problemOfError } from "../problem-of-error.ts";

/** Answers every error as a problem document. 4xx explain; 5xx are logged under an id and say little. */
async function register(app: FastifyInstance): Promise<void> {
  app.setErrorHandler((error, request, reply) => {
    const faultId = randomUUID();
    const problem = problemOfError(error, faultId);
    if (problem.status >= 500) {
      const place = { faultId, method: request.method, route: request.routeOptions.url };
      request.log.error({ err: error, ...place }, "a request failed");
    }
    return sendProblem(reply, error, faultId);
  });
}

/** Sends the problem document of `error`; for places that errors do not reach by themselves. */
export function sendProblem(reply: FastifyReply, error: unknown, faultId = ""): FastifyReply {
  const problem = problemOfError(error, faultId);
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .type("application/problem+json")
    .send(JSON.stringify(problem));
}

export const problemDocuments = fp(register, { name: "problem-documents", fastify: "5.x" });
