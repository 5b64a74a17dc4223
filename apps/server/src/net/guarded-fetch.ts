import { ProblemError } from "../problem-error.ts";
import { createGuardedDownload, GuardedDownloadError } from "./guarded-download.ts";

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

/** Makes a fetch that never reaches the machine itself nor its network, and that reads whole bodies. */
export function createGuardedFetch({ timeoutMs = 30_000, ...options }: GuardedFetchOptions): GuardedFetch {
  const download = createGuardedDownload(options);
  return async (url) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const { body } = await download(url, { signal, headers: { accept: "image/*, video/*" } });
      return Buffer.concat(await Array.fromAsync(body));
    } catch (error) {
      throw error instanceof GuardedDownloadError ? problemOf(error) : error;
    }
  };
}

function problemOf(error: GuardedDownloadError): ProblemError {
  const { fault, message } = error;
  switch (fault) {
    case "invalid-url":
      return new ProblemError(422, "url.invalid", message);
    case "not-allowed":
      return new ProblemError(422, "url.not-allowed", `${message} Send the picture itself instead.`);
    case "too-large":
      return new ProblemError(413, "url.too-large", message);
    case "timeout":
    case "aborted":
      return new ProblemError(504, "url.timeout", message, { cause: error });
    case "status":
    case "too-many-redirects":
    case "failed":
      return new ProblemError(502, "url.failed", message, { cause: error });
  }
}
