import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { listHeaders, sendReady } from "../answers/ready-answer.ts";
import { ProblemError } from "../problem-error.ts";
import type { ReadableBlob } from "./blob-reader.ts";
import { type BlobPresentation, planBlobResponse } from "./core/plan-blob-response.ts";

/** Answers a GET or HEAD with a blob's bytes; 404 when the studio does not have them. */
export function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  sha256: string,
  presentation: BlobPresentation,
): FastifyReply | Promise<FastifyReply> {
  const { blobReader } = request.server;
  // No promise for what is in memory: a wall of pictures asks for hundreds at a time.
  const held = blobReader.held(sha256);
  if (held !== undefined) return answer(request, reply, held, presentation);
  return blobReader.open(sha256).then((blob) => {
    if (blob === undefined) {
      throw new ProblemError(404, "blob.missing", "These bytes are not in the studio.");
    }
    return answer(request, reply, blob, presentation);
  });
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  blob: ReadableBlob,
  presentation: BlobPresentation,
): FastifyReply | Promise<FastifyReply> {
  const { headers } = request;
  const conditions = {
    range: headers.range,
    ifRange: typeof headers["if-range"] === "string" ? headers["if-range"] : undefined,
    ifNoneMatch: headers["if-none-match"],
  };
  const { status, headers: planned, range } = planBlobResponse(blob, conditions, presentation);
  const body = range === undefined || request.method === "HEAD" ? undefined : blob.read(range);
  if (Buffer.isBuffer(body)) {
    sendReady(reply, status, listHeaders(planned), body);
    return reply;
  }
  reply.code(status).headers(planned);
  if (range !== undefined) reply.header("content-length", String(range.end - range.start + 1));
  if (body === undefined) return reply.send();
  return body.then((chunks) => reply.send(Readable.from(chunks, { objectMode: false })));
}
