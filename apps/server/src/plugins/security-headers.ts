import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob: data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE_HEADERS = Object.entries({
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  // Not `no-referrer`: with that, a form's own post comes with `Origin: null`.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
});

/** Data is never a page: it may load nothing and stand in no frame. Short, because it goes with every answer. */
export const DATA_HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};
const ENTRIES_FOR_DATA = Object.entries(DATA_HEADERS);

/**
 * Headers of every answer that goes through the framework; a route that serves foreign bytes has a stricter policy of its own in
 * place of one. Answers that are sent past it (`sendReady`) have them in their lists.
 */
async function register(app: FastifyInstance): Promise<void> {
  // No promise: these run for every answer.
  app.addHook("onSend", (request, reply, _body, done) => {
    const headers = request.url.startsWith("/api/") ? ENTRIES_FOR_DATA : PAGE_HEADERS;
    for (const [name, value] of headers) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    done();
  });
}

export const securityHeaders = fp(register, { name: "security-headers", fastify: "5.x" });
