import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Where a redirect of ill will leads: the metadata service of a cloud. */
export const PRIVATE_URL = "http://169.254.169.254/latest/meta-data";

/** What goes wrong before a handler has taken anything. Resolves with the reply once it is answered or dropped. */
export async function misbehaveBefore(
  request: FastifyRequest,
  reply: FastifyReply,
  errorBody: (status: number) => unknown,
): Promise<FastifyReply | undefined> {
  const what = request.misbehaviour;
  switch (what?.do) {
    case "drop-before-accept":
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    case "status":
      if (what.retryAfterS !== undefined) reply.header("retry-after", String(what.retryAfterS));
      return reply.code(what.status).send(errorBody(what.status));
    case "expired":
      return reply.code(request.routeOptions.config.call === "artifact" ? 403 : 404).send(errorBody(404));
    case "redirect-to-private":
      // Calls answer with a private URL in their body instead, which is the handler's to do.
      if (request.routeOptions.config.call !== "artifact") return undefined;
      return reply.code(302).header("location", PRIVATE_URL).send();
    case "drop-after-accept":
    case "truncate":
    case "wrong-content-type":
    case "not-json":
    case "delay":
    case "hold":
    case "lose-result":
    case "never-finish":
    case "fail":
    case undefined:
      return undefined;
  }
}

/** What goes wrong with the answer once the work is taken. */
export async function misbehaveOnSend(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const what = request.misbehaviour;
  switch (what?.do) {
    case "drop-after-accept":
      if (what.afterMs !== undefined) await wait(what.afterMs);
      request.raw.socket.destroy();
      return payload;
    case "truncate":
      return truncated(request, reply, payload);
    case "wrong-content-type":
      reply.header("content-type", "text/html; charset=utf-8");
      return payload;
    case "not-json":
      reply.header("content-type", "text/html; charset=utf-8");
      return "<html><body>Bad gateway</body></html>";
    case "drop-before-accept":
    case "status":
    case "expired":
    case "redirect-to-private":
    case "delay":
    case "hold":
    case "lose-result":
    case "never-finish":
    case "fail":
    case undefined:
      return payload;
  }
}

/** Half of the body under the length of the whole; then the connection goes. */
function truncated(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== "string" && !Buffer.isBuffer(payload)) return payload;
  const bytes = Buffer.from(payload);
  reply.header("content-length", String(bytes.byteLength));
  return Readable.from(
    (async function* () {
      yield bytes.subarray(0, Math.floor(bytes.byteLength / 2));
      // Time for the first half to arrive.
      await wait(20);
      request.raw.socket.destroy();
    })(),
  );
}
