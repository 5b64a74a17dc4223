import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ProblemError } from "../problem-error.ts";
import { listHeaders, sendReady } from "../answers/ready-answer.ts";
import { type BlobPresentation, planBlobResponse } from "./core/plan-blob-response.ts";

/** Answers a GET or HEAD with a blob's bytes; 404 when the studio does not have them. */
export async function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  sha256: string,
  presentation: BlobPresentation,
): Promise<FastifyReply> {
  const blob = await request.server.blobReader.open(sha256);
  if (blob === undefined) {
    throw new ProblemError(404, "blob.missing", "These bytes are not in the studio.");
  }
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
  return reply.send(body === undefined ? undefined : Readable.from(await body, { objectMode: false }));
}
