import { lookup as dnsLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { ProblemError } from "../problem-error.ts";
import { isPublicAddress } from "./public-address.ts";

export interface GuardedFetchOptions {
  /** Which addresses may be connected to; public ones when left out. */
  readonly isAllowedAddress?: (address: string) => boolean;
  readonly maxRedirects?: number;
  /** Longest body that is taken. */
  readonly maxBytes: number;
  /** For everything, redirects and body included. */
  readonly timeoutMs?: number;
}

/**
 * Downloads what a URL that somebody gave us points to. Throws a `ProblemError`: `url.invalid` and `url.not-allowed`
 * (422), `url.too-large` (413), `url.failed` (502), `url.timeout` (504).
 */
export type GuardedFetch = (url: string) => Promise<Buffer>;

/**
 * Makes a fetch that never reaches the machine itself nor its network. The address is checked where the connection is
 * made, so that a name which resolves to something else the second time gains nothing; so is every redirect's.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const isAllowed = options.isAllowedAddress ?? isPublicAddress;
  const maxRedirects = options.maxRedirects ?? 3;
  const lookup = guardLookup(isAllowed);

  return async (text) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? 30_000);
    const agent = new Agent({ connect: { lookup } });
    try {
      let url = checkUrl(text, isAllowed);
      for (let hop = 0; hop <= maxRedirects; hop += 1) {
        const answer = await request(url, {
          dispatcher: agent,
          signal,
          headers: { "user-agent": "Safelight", accept: "image/*, video/*" },
        });
        const { location } = answer.headers;
        if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== "string") {
          return await readBody(answer, options.maxBytes);
        }
        await answer.body.dump();
        url = checkUrl(location, isAllowed, url);
      }
      throw new ProblemError(502, "url.failed", `The URL redirects more than ${maxRedirects} times.`);
    } catch (error) {
      throw problemOf(error, signal);
    } finally {
      await agent.destroy();
    }
  };
}

function checkUrl(text: string, isAllowed: (address: string) => boolean, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new ProblemError(422, "url.invalid", "This is not a URL.");
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ProblemError(422, "url.invalid", "Only http and https URLs can be fetched.");
  }
  // A literal address is never looked up, so it is checked here.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isAllowed(host)) throw notAllowed();
  return url;
}

function guardLookup(isAllowed: (address: string) => boolean): LookupFunction {
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

async function readBody(answer: Awaited<ReturnType<typeof request>>, maxBytes: number): Promise<Buffer> {
  if (answer.statusCode !== 200) {
    throw new ProblemError(502, "url.failed", `The URL's server answered ${answer.statusCode}.`);
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer.body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    sizeBytes += bytes.byteLength;
    if (sizeBytes > maxBytes) {
      throw new ProblemError(413, "url.too-large", `The URL's file is larger than ${maxBytes} bytes.`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function notAllowed(): ProblemError {
  return new ProblemError(
    422,
    "url.not-allowed",
    "The URL leads to a private address. Only public ones are fetched; send the picture itself instead.",
  );
}

function problemOf(error: unknown, signal: AbortSignal): ProblemError {
  if (error instanceof ProblemError) return error;
  if (signal.aborted) {
    return new ProblemError(504, "url.timeout", "The URL's server took too long.", { cause: error });
  }
  return new ProblemError(502, "url.failed", "The URL could not be fetched.", { cause: error });
}
