import { lookup as dnsLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { isPublicAddress } from "./public-address.ts";

/** Why a download that was asked for did not come. */
export type GuardedDownloadFault =
  | "invalid-url"
  | "not-allowed"
  | "too-many-redirects"
  | "too-large"
  | "status"
  | "timeout"
  | "aborted"
  | "failed";

export class GuardedDownloadError extends Error {
  override readonly name = "GuardedDownloadError";
  readonly fault: GuardedDownloadFault;
  /** The answer's status, where `fault` is `status`. */
  readonly status: number | undefined;
  /** How long the answer asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fault: GuardedDownloadFault,
    message: string,
    options?: { cause?: unknown; status?: number; retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.fault = fault;
    this.status = options?.status;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

export interface GuardedDownloadOptions {
  /** Which addresses may be connected to; public ones when left out. */
  readonly isAllowedAddress?: (address: string) => boolean;
  /** Origins that may lie anywhere, because the studio's owner named them. */
  readonly isTrustedOrigin?: (origin: string) => boolean;
  readonly maxRedirects?: number;
  /** Longest body that is taken. */
  readonly maxBytes: number;
  /** Longest silence, before the head of an answer and between two pieces of its body. */
  readonly idleMs?: number;
}

export interface GuardedDownloadRequest {
  readonly signal: AbortSignal;
  /** Sent to the first address's origin alone, never to where it redirects. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GuardedAnswer {
  /** Rejects with a `GuardedDownloadError`. Read it, or abort the signal: it holds a connection. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly mime: string | undefined;
  readonly sizeBytes: number | undefined;
}

/** Rejects with a `GuardedDownloadError`; any status but 200 is one. */
export type GuardedDownload = (text: string, asked: GuardedDownloadRequest) => Promise<GuardedAnswer>;

const IDLE_MS = 60_000;

/**
 * Makes a download that never reaches the machine itself nor its network, but for origins that are trusted. The
 * address is checked where the connection is made, so that a name which resolves to something else the second time
 * gains nothing; so is every redirect's.
 */
export function createGuardedDownload(options: GuardedDownloadOptions): GuardedDownload {
  const isAllowed = options.isAllowedAddress ?? isPublicAddress;
  const isTrusted = options.isTrustedOrigin ?? (() => false);
  const { maxRedirects = 3, maxBytes, idleMs = IDLE_MS } = options;
  const timeouts = { headersTimeout: idleMs, bodyTimeout: idleMs };

  return async (text, { signal, headers = {} }) => {
    const guarded = new Agent({
      ...timeouts,
      connect: { lookup: guardedLookup(isAllowed), timeout: idleMs },
    });
    const trusted = new Agent({ ...timeouts, connect: { timeout: idleMs } });
    const release = async () => void (await Promise.all([guarded.destroy(), trusted.destroy()]));
    try {
      let url = parseUrl(text);
      const { origin } = url;
      for (let hop = 0; hop <= maxRedirects; hop += 1) {
        const isOwn = isTrusted(url.origin);
        if (!isOwn) refuseLiteral(url, isAllowed);
        const answer = await request(url, {
          dispatcher: isOwn ? trusted : guarded,
          signal,
          headers: { "user-agent": "Safelight", accept: "*/*", ...(url.origin === origin ? headers : {}) },
        });
        const { location } = answer.headers;
        if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== "string") {
          return answerOf(answer, { maxBytes, signal, release });
        }
        await answer.body.dump();
        url = parseUrl(location, url);
      }
      throw new GuardedDownloadError(
        "too-many-redirects",
        `The URL redirects more than ${maxRedirects} times.`,
      );
    } catch (error) {
      await release();
      throw faultOf(error, signal);
    }
  };
}

/** Looks a name up for a connection, and refuses it when any of its addresses is not allowed. */
export function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, "");
      else if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
        callback(notAllowed(), "");
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** A literal address is never looked up, so it is checked by itself. Throws a `GuardedDownloadError`. */
export function refuseLiteral(url: URL, isAllowed: (address: string) => boolean): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isAllowed(host)) throw notAllowed();
}

function parseUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new GuardedDownloadError("invalid-url", "This is not a URL.");
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new GuardedDownloadError("invalid-url", "Only http and https URLs can be fetched.");
  }
  return url;
}

interface AnswerContext {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly release: () => Promise<void>;
}

function answerOf(answer: Dispatcher.ResponseData, context: AnswerContext): GuardedAnswer {
  const { statusCode, headers } = answer;
  if (statusCode !== 200) {
    throw new GuardedDownloadError("status", `The URL's server answered ${statusCode}.`, {
      status: statusCode,
      retryAfterMs: retryAfterMsOf(headers["retry-after"]),
    });
  }
  const length = headers["content-length"];
  const sizeBytes = typeof length === "string" && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  if (sizeBytes !== undefined && sizeBytes > context.maxBytes) throw tooLarge(context.maxBytes);
  const type = headers["content-type"];
  return {
    body: readBody(answer.body, context),
    mime: typeof type === "string" ? type.split(";", 1)[0]?.trim().toLowerCase() : undefined,
    sizeBytes,
  };
}

async function* readBody(
  body: Dispatcher.ResponseData["body"],
  { maxBytes, signal, release }: AnswerContext,
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      taken += chunk.byteLength;
      if (taken > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw faultOf(error, signal);
  } finally {
    await release();
  }
}

/** A number of seconds or a date, as `Retry-After` has it. */
function retryAfterMsOf(header: string | string[] | undefined): number | undefined {
  if (typeof header !== "string") return undefined;
  return /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

function tooLarge(maxBytes: number): GuardedDownloadError {
  return new GuardedDownloadError("too-large", `The URL's file is larger than ${maxBytes} bytes.`);
}

function notAllowed(): GuardedDownloadError {
  return new GuardedDownloadError(
    "not-allowed",
    "The URL leads to a private address. Only public ones are fetched.",
  );
}

const TIMEOUT_CODES: ReadonlySet<unknown> = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function faultOf(error: unknown, signal: AbortSignal): GuardedDownloadError {
  if (error instanceof GuardedDownloadError) return error;
  if (signal.aborted) {
    const isTimeout = signal.reason instanceof DOMException && signal.reason.name === "TimeoutError";
    return isTimeout
      ? new GuardedDownloadError("timeout", "The URL's server took too long.", { cause: error })
      : new GuardedDownloadError("aborted", "The download was given up.", { cause: error });
  }
  if (error instanceof Error && "code" in error && TIMEOUT_CODES.has(error.code)) {
    return new GuardedDownloadError("timeout", "The URL's server took too long.", { cause: error });
  }
  return new GuardedDownloadError("failed", "The URL could not be fetched.", { cause: error });
}
