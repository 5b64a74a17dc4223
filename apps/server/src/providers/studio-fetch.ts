import { ProviderError, type ProviderHost } from "@safelight/providers";
import { Agent, fetch as undiciFetch, type RequestInit as UndiciInit } from "undici";
import { guardedLookup, refuseLiteral } from "../net/guarded-download.ts";
import { isPublicAddress } from "../net/public-address.ts";

export interface StudioFetchOptions {
  readonly isAllowedAddress?: (address: string) => boolean;
  /** Origins that may lie anywhere, because the studio's owner named them. */
  readonly isTrustedOrigin: (origin: string) => boolean;
}

/** Statuses of answers that have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** A local model takes as long as it takes before it answers: whoever calls says when to give up. */
const PATIENT = { headersTimeout: 0, bodyTimeout: 0 };

/**
 * A fetch that follows no redirect. Addresses that a provider's answer gave (where to upload, where to ask for the
 * state) may not lead to the machine itself nor to its network, but for origins that are trusted. Idle connections
 * close by themselves and keep no process alive.
 */
export function createStudioFetch(options: StudioFetchOptions): ProviderHost["fetch"] {
  const isAllowed = options.isAllowedAddress ?? isPublicAddress;
  const trusted = new Agent(PATIENT);
  const guarded = new Agent({ ...PATIENT, connect: { lookup: guardedLookup(isAllowed) } });

  return async (url, init = {}) => {
    const address = new URL(url);
    const isTrusted = options.isTrustedOrigin(address.origin);
    if (!isTrusted) refusePrivate(address, isAllowed);
    const answer = await undiciFetch(address, {
      ...(await withEncodedForm(init)),
      redirect: "manual",
      dispatcher: isTrusted ? trusted : guarded,
    });
    const body = BODILESS.has(answer.status) ? null : (answer.body as ReadableStream | null);
    return new Response(body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  };
}

function refusePrivate(address: URL, isAllowed: (address: string) => boolean): void {
  try {
    refuseLiteral(address, isAllowed);
  } catch (cause) {
    const message = "An address that the provider gave is a private one. It is not called.";
    throw new ProviderError("provider.answer-invalid", message, { cause });
  }
}

/** undici knows its own forms and not Node's: such a body is written out here. */
async function withEncodedForm(init: RequestInit): Promise<UndiciInit> {
  if (!(init.body instanceof FormData)) return init as unknown as UndiciInit;
  const encoded = new Response(init.body);
  const headers = new Headers(init.headers);
  headers.set("content-type", encoded.headers.get("content-type") ?? "");
  return {
    ...(init as unknown as UndiciInit),
    headers: [...headers],
    body: await encoded.bytes(),
  };
}
