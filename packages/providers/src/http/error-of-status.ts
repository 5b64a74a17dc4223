import { ProviderError, type ProviderErrorCode } from "../provider-error.ts";
import type { Answer } from "./answer.ts";
import { redact } from "./redact.ts";
import { retryAfterMs } from "./retry-after.ts";
import { wordsOf } from "./words-of.ts";

export interface StatusErrorOptions {
  /** The provider's name, for the message. */
  readonly name: string;
  /** Values that no message may hold. */
  readonly secrets: readonly (string | undefined)[];
  /** What a 404 or 410 means; `request.invalid` when left out. */
  readonly missing?: "run.missing" | "result.missing";
  /** Whether work may have been taken whatever the status says: a paid submit. */
  readonly isSubmit?: boolean;
  /** Statuses of 500 and above that are proof that nothing was taken. */
  readonly refusedStatuses?: readonly number[];
}

/** The error that an answer other than 2xx means, with the provider's own words. */
export function errorOfStatus(answer: Answer, options: StatusErrorOptions): ProviderError {
  const { status } = answer;
  const code = codeOf(status, options);
  const words = wordsOf(answer.bytes);
  const said = words === undefined ? "" : ` It says: ${redact(words, options.secrets)}`;
  return new ProviderError(code, `${explain(code, status, options.name)}${said}`, {
    retryAfterMs: retryAfterMs(answer.headers, Date.now()),
  });
}

function codeOf(status: number, options: StatusErrorOptions): ProviderErrorCode {
  if (status === 401 || status === 403) return "provider.unauthorized";
  if (status === 402) return "provider.payment-required";
  if (status === 429) return "provider.throttled";
  if (status === 404 || status === 410) return options.missing ?? "request.invalid";
  // 408 comes from proxies too, that had handed the request on.
  if (status >= 500 || status === 408) {
    const isProof = options.refusedStatuses?.includes(status) ?? false;
    return options.isSubmit === true && !isProof ? "submit.lost" : "provider.unavailable";
  }
  return status >= 400 ? "request.invalid" : "provider.answer-invalid";
}

function explain(code: ProviderErrorCode, status: number, name: string): string {
  switch (code) {
    case "provider.unauthorized":
      return `${name} refused the key (${status}).`;
    case "provider.payment-required":
      return `${name} wants the account to be topped up (${status}).`;
    case "provider.throttled":
      return `${name} takes no more requests for now (${status}).`;
    case "provider.unavailable":
      return `${name} cannot answer at the moment (${status}).`;
    case "submit.lost":
      return `${name} failed while it took the request (${status}), so it may have begun the work.`;
    case "run.missing":
      return `${name} does not know this run (${status}).`;
    case "result.missing":
      return `${name} no longer has this result (${status}).`;
    case "request.invalid":
      return `${name} refused the request (${status}).`;
    case "provider.answer-invalid":
    case "provider.not-configured":
      return `${name} answered ${status}, which means nothing here.`;
  }
}
