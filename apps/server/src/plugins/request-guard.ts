import type { FastifyInstance, FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { createHostPolicy, type HostPolicy } from "../host-policy.ts";
import { ProblemError } from "../problem-error.ts";

/**
 * What a browser says of a page of another server, on another port of this machine too: a write without a body needs no leave of
 * ours. The app's own pages are of one origin with the API, behind the Vite server as well.
 */
const FOREIGN: ReadonlySet<unknown> = new Set(["cross-site", "same-site"]);
const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses what another site's page sends: by its `Host` (DNS rebinding), its `Origin` and its `Sec-Fetch-Site`. */
async function register(app: FastifyInstance): Promise<void> {
  const policy = createHostPolicy(app.config.allowedHosts);
  const callers = webhookPolicy(app.config);
  // No promise: this runs for every request. What it throws is answered all the same.
  app.addHook("onRequest", (request, _reply, done) => {
    checkSource(request, isWebhookPath(request.url) ? callers : policy);
    done();
  });
}

/** Webhooks may call the studio by its public name, which opens nothing else of it. */
function webhookPolicy({ allowedHosts, publicUrl }: FastifyInstance["config"]): HostPolicy {
  return createHostPolicy(
    publicUrl === undefined ? allowedHosts : [...allowedHosts, new URL(publicUrl).hostname],
  );
}

/** Whether an address is one that providers call. Each carries a token of its own. */
export function isWebhookPath(url: string): boolean {
  return url.startsWith("/api/webhooks/");
}

function checkSource(request: FastifyRequest, policy: HostPolicy): void {
  const { host, origin } = request.headers;
  if (!policy.allowsHost(host)) {
    throw new ProblemError(
      403,
      "host.not-allowed",
      "This server does not answer to this host name. Add it to ALLOWED_HOSTS to allow it.",
    );
  }
  // `null` is what a sandboxed frame sends: never one of our own pages.
  if (origin !== undefined && !policy.allowsOrigin(origin)) {
    throw new ProblemError(403, "origin.not-allowed", "Pages of other sites may not call this server.");
  }
  if (FOREIGN.has(request.headers["sec-fetch-site"]) && !isPageVisit(request)) {
    throw new ProblemError(403, "origin.cross-site", "Pages of other sites may not call this server.");
  }
}

/** A link on another site may open a page of the app, and nothing that holds data. */
function isPageVisit(request: FastifyRequest): boolean {
  return READS.has(request.method) && !isApiPath(request.url);
}

/** Whether an address belongs to the API rather than to the pages of the app. */
export function isApiPath(url: string): boolean {
  return /^\/(?:api|docs|health|load-jobs|save-jobs)(?:[/?#]|$)/.test(url);
}

export const requestGuard = fp(register, {
  name: "request-guard",
  fastify: "5.x",
  decorators: { fastify: ["config"] },
});
