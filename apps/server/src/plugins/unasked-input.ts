import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { ProblemError } from "../problem-error.ts";

const WRITES: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * A write whose route takes no query or no body refuses one: whoever sends `dryRun` to what has none must not learn of it by
 * what is gone. Routes whose caller is somebody else's server are left alone.
 */
async function register(app: FastifyInstance): Promise<void> {
  app.addHook("onRoute", (route) => {
    const { url, method, schema } = route;
    if (![method].flat().some((one) => WRITES.has(one)) || url.startsWith("/api/webhooks/")) return;
    const takesQuery = schema?.querystring !== undefined;
    const takesBody = schema?.body !== undefined;
    if (takesQuery && takesBody) return;
    // No promise: this runs for every write. What it throws is answered all the same.
    const refuse = (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
      if (!takesQuery) refuseMembers(request.query, "?");
      if (!takesBody) refuseMembers(request.body, "/");
      done();
    };
    route.preValidation = [refuse, ...[route.preValidation ?? []].flat()];
  });
}

/** Throws a 400 problem that names the first member; an empty object is as good as nothing. */
function refuseMembers(value: unknown, prefix: string): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "object") throw unknownMember("", "must be left out");
  for (const name in value) throw unknownMember(`${prefix}${name}`, "is not known here");
}

function unknownMember(path: string, message: string): ProblemError {
  const detail = `${path === "" ? "The body" : path} ${message}.`;
  return new ProblemError(400, "request.invalid", detail, { errors: [{ path, message }] });
}

export const unaskedInput = fp(register, { name: "unasked-input", fastify: "5.x" });
