import { setTimeout as wait } from "node:timers/promises";
import type { Static, TSchema } from "@sinclair/typebox";
import { ProviderError } from "../provider-error.ts";
import type { ProviderHost } from "../provider-host.ts";
import type { Answer } from "./answer.ts";
import { errorOfStatus, type StatusErrorOptions } from "./error-of-status.ts";
import { parseAnswer, UnreadableAnswerError } from "./parse-answer.ts";
import { BodyTooLargeError, readBody } from "./read-body.ts";

const MAX_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 150;

export interface ReadCall extends Omit<StatusErrorOptions, "isSubmit" | "refusedStatuses"> {
  readonly fetch: ProviderHost["fetch"];
  readonly url: string | URL;
  /** `GET` when left out. Only for requests that cost nothing and may be sent again. */
  readonly init?: Omit<RequestInit, "signal">;
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
  /** Of each attempt. */
  readonly timeoutMs?: number;
  /** 1 for a call that shall fail at once. */
  readonly attempts?: number;
  /** Statuses beside 2xx that are an answer and not an error. */
  readonly accept?: readonly number[];
}

/**
 * A request that may be sent again: broken connections and 5xx are tried again with growing pauses. Rejects with what
 * the last attempt came to, and with the signal's reason once it is aborted.
 */
export async function readAnswer(call: ReadCall): Promise<Answer> {
  return attempt(call, (answer) => answer);
}

/** The same for JSON: an answer of another shape counts as a failed attempt, at last as `provider.answer-invalid`. */
export async function readJson<S extends TSchema>(
  call: ReadCall & { readonly schema: S },
): Promise<Answer & { readonly body: Static<S> }> {
  return attempt(call, (answer) => ({ ...answer, body: parseAnswer(answer.bytes, call.schema) }));
}

async function attempt<T>(call: ReadCall, take: (answer: Answer) => T): Promise<T> {
  const { signal, attempts = ATTEMPTS } = call;
  for (let count = 1; ; count += 1) {
    signal.throwIfAborted();
    try {
      return take(await readOnce(call));
    } catch (error) {
      signal.throwIfAborted();
      const fault = errorOfReading(error, call);
      if (count >= attempts || !mayPass(fault)) throw fault;
      await wait(FIRST_PAUSE_MS * 2 ** (count - 1), undefined, { signal });
    }
  }
}

async function readOnce(call: ReadCall): Promise<Answer> {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, accept = [] } = call;
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
  const response = await call.fetch(call.url, { ...call.init, signal });
  const { status, headers } = response;
  const answer = { status, headers, bytes: await readBody(response, maxBytes) };
  if (response.ok || accept.includes(status)) return answer;
  throw errorOfStatus(answer, call);
}

/** An answer that cannot be read may have been cut short: it is asked for again. */
function mayPass({ code }: ProviderError): boolean {
  return code === "provider.unavailable" || code === "provider.answer-invalid";
}

function errorOfReading(error: unknown, { name }: ReadCall): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof UnreadableAnswerError || error instanceof BodyTooLargeError) {
    return new ProviderError("provider.answer-invalid", `${name}: ${error.message}`, { cause: error });
  }
  return new ProviderError("provider.unavailable", `${name} cannot be reached.`, { cause: error });
}
