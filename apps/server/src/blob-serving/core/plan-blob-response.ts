import { extensionOf, INLINE_MIMES } from "@safelight/shared";
import { type ByteRange, parseByteRange } from "./byte-range.ts";
import { contentDisposition } from "./content-disposition.ts";

export const CACHE_FOREVER = "public, max-age=31536000, immutable";
/** For a readable name, behind which other bytes may stand tomorrow. */
export const CACHE_CHECKED = "private, no-cache";

export interface BlobFacts {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mime: string;
}

/** What a reader asks for, from its request's headers. */
export interface BlobConditions {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface BlobPresentation {
  readonly cacheControl: string;
  /** Name for people; made of the hash when left out. */
  readonly filename?: string;
  /** Saved to disk by the browser even where it could be shown. */
  readonly download?: boolean;
}

export interface BlobResponsePlan {
  readonly status: 200 | 206 | 304 | 416;
  /** All but the length, which is that of `range`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes to send; absent when there is no body. */
  readonly range?: ByteRange;
}

/** Decides status and headers of an answer that carries a blob's bytes, whole or in part. */
export function planBlobResponse(
  blob: BlobFacts,
  conditions: BlobConditions,
  presentation: BlobPresentation,
): BlobResponsePlan {
  const etag = `"${blob.sha256}"`;
  const base = {
    etag,
    "cache-control": presentation.cacheControl,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox",
    "accept-ranges": "bytes",
  };
  if (matchesEtag(conditions.ifNoneMatch, etag)) return { status: 304, headers: base };
  const wanted = conditions.ifRange === undefined || conditions.ifRange.trim() === etag;
  const range = wanted ? parseByteRange(conditions.range, blob.sizeBytes) : undefined;
  if (range === "unsatisfiable") {
    return { status: 416, headers: { ...base, "content-range": `bytes */${blob.sizeBytes}` } };
  }
  const inline = INLINE_MIMES.has(blob.mime);
  const sent = range ?? { start: 0, end: blob.sizeBytes - 1 };
  const headers = {
    ...base,
    "content-type": inline ? blob.mime : "application/octet-stream",
    "content-disposition": contentDisposition(
      inline && presentation.download !== true ? "inline" : "attachment",
      presentation.filename ?? `${blob.sha256.slice(0, 12)}.${extensionOf(blob.mime)}`,
    ),
  };
  if (range === undefined) return { status: 200, headers, range: sent };
  const contentRange = `bytes ${range.start}-${range.end}/${blob.sizeBytes}`;
  return { status: 206, headers: { ...headers, "content-range": contentRange }, range };
}

function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((part) => {
    const tag = part.trim();
    return tag === "*" || tag === etag || tag === `W/${etag}`;
  });
}
