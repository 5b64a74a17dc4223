import type { FastifyReply } from "fastify";
import { DATA_HEADERS } from "../plugins/security-headers.ts";

/** Names and values in turn. Node writes such a list in less time than it takes for an object. */
export type HeaderList = readonly string[];

/** Shorter answers are written at once: together they cost as much, and those of commits came a quarter less often. */
const QUEUED_FROM_BYTES = 4096;

/** Headers of one kind of answer, made once: those of all data, under the kind's own. */
export function listHeaders(own: Readonly<Record<string, string>>): HeaderList {
  return Object.entries({ ...DATA_HEADERS, ...own }).flat();
}

/**
 * Sends an answer whose bytes are at hand, past the framework: no hook of its sending runs, and of what was set on the reply only the
 * cookie of a login that goes on goes along. So `headers`, by `listHeaders`, hold all others, the length excepted. For the
 * few routes that are asked often; the rest send through the reply.
 */
export function sendReady(
  reply: FastifyReply,
  status: number,
  headers: HeaderList,
  body: string | Buffer,
): void {
  const sizeBytes = Buffer.byteLength(body);
  writeHead(reply, status, [...headers, "content-length", String(sizeBytes)]);
  if (sizeBytes < QUEUED_FROM_BYTES) reply.raw.end(body);
  else reply.server.answerQueue.end(reply.raw, body);
}

/** The same for an answer that says that the caller has the bytes. */
export function sendNotModified(reply: FastifyReply, headers: HeaderList): void {
  writeHead(reply, 304, [...headers]);
  reply.raw.end();
}

function writeHead(reply: FastifyReply, status: number, headers: string[]): void {
  const cookie = reply.getHeader("set-cookie");
  if (typeof cookie === "string") headers.push("set-cookie", cookie);
  // A head that cannot be written throws here, and is answered as any failure; after the hijack nobody would.
  reply.raw.writeHead(status, headers);
  reply.hijack();
}
