import { findJsonFault } from "@safelight/shared";
import type { FastifyInstance, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { ProblemError } from "../problem-error.ts";

/** Any spelling of a key that `findJsonFault` refuses; most bodies have none and are not walked. */
const SUSPECT = /__proto__|constructor|prototype|\\u/;

/** Takes JSON bodies and nothing else; routes that take other types add their own parser. */
async function register(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  // No promise: this runs for every body. What it throws is answered all the same.
  app.addContentTypeParser(
    "application/json",
    { parseAs: "string" },
    (_request: FastifyRequest, text: string, done) => done(null, parseJsonBody(text)),
  );
}

/** Parses a body; throws a 400 for what is not JSON and for keys that could reach an object's prototype. */
function parseJsonBody(text: string): unknown {
  if (text === "") return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : "It cannot be parsed.";
    throw new ProblemError(400, "body.invalid-json", `The body is not valid JSON. ${detail}`, { cause });
  }
  const fault = SUSPECT.test(text) ? findJsonFault(body) : undefined;
  if (fault !== undefined) {
    const { kind, path, message } = fault;
    throw new ProblemError(400, `body.${kind}`, `${path} ${message}.`, { errors: [{ path, message }] });
  }
  return body;
}

export const jsonBody = fp(register, { name: "json-body", fastify: "5.x" });
