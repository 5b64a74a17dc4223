import type { ProviderHost } from "../provider-host.ts";
import { ProviderError } from "../provider-error.ts";
import type { Answer } from "./answer.ts";
import { errorOfStatus, type StatusErrorOptions } from "./error-of-status.ts";
import { neverLeft } from "./never-left.ts";
import { readBody } from "./read-body.ts";

/** Longest answer to a submit that only names its run. */
const MAX_BYTES = 4 * 1024 * 1024;

export interface SubmitCall extends Omit<StatusErrorOptions, "isSubmit"> {
  readonly fetch: ProviderHost["fetch"];
  readonly url: string | URL;
  /** `POST` when left out. */
  readonly init?: Omit<RequestInit, "signal">;
  readonly signal: AbortSignal;
}

/**
 * One paid request: a single `fetch` without retry. Resolves with the answer's head once its status is 2xx; the body
 * is the caller's to read, and one that breaks off leaves open what was taken. Rejects with `submit.lost` unless it is certain that nothing was
 * taken: the connection was never made, or the provider's answer refuses the request.
 */
export async function openSubmit(call: SubmitCall): Promise<Response> {
  call.signal.throwIfAborted();
  let response: Response;
  try {
    response = await call.fetch(call.url, { method: "POST", ...call.init, signal: call.signal });
  } catch (error) {
    throw errorOfSending(error, call);
  }
  if (response.ok) return response;
  throw errorOfStatus(await readRefusal(response), { ...call, isSubmit: true });
}

/** The same, with the whole body read. `maxBytes` bounds it. */
export async function submitOnce(call: SubmitCall & { readonly maxBytes?: number }): Promise<Answer> {
  const response = await openSubmit(call);
  return readSubmitBody(response, call);
}

/** Reads the body that says what was taken: one that breaks off leaves it open. */
async function readSubmitBody(
  response: Response,
  { name, maxBytes = MAX_BYTES }: { readonly name: string; readonly maxBytes?: number },
): Promise<Answer> {
  try {
    const bytes = await readBody(response, maxBytes);
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    throw lost(`${name} took the request, but its answer broke off.`, error);
  }
}

/** A 2xx whose body cannot be read: the work was most likely taken. */
export function lost(message: string, cause?: unknown): ProviderError {
  return new ProviderError("submit.lost", message, { cause });
}

function errorOfSending(error: unknown, { name }: SubmitCall): ProviderError {
  if (error instanceof ProviderError) return error;
  if (neverLeft(error)) {
    return new ProviderError("provider.unavailable", `${name} cannot be reached.`, { cause: error });
  }
  return lost(`The connection to ${name} broke before it answered.`, error);
}

/** A refusal is one by its status; what else it says is good to know and no more. */
async function readRefusal(response: Response): Promise<Answer> {
  const { status, headers } = response;
  try {
    return { status, headers, bytes: await readBody(response, MAX_BYTES) };
  } catch {
    // The status has said it.
    return { status, headers, bytes: new Uint8Array() };
  }
}
