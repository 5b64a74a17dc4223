import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ProblemError } from "../problem-error.ts";
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
  const plan = planBlobResponse(blob, conditions, presentation);
  reply.code(plan.status).headers(plan.headers);
  if (plan.range === undefined || request.method === "HEAD") return reply.send();
  const body = await blob.read(plan.range);
  return reply.send(Buffer.isBuffer(body) ? body : Readable.from(body, { objectMode: false }));
}
