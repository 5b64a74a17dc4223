/** How a call to a provider can fail. Only `submit.lost` leaves open whether the work was taken. */
export type ProviderErrorCode =
  | "submit.lost"
  | "request.invalid"
  | "provider.not-configured"
  | "provider.unauthorized"
  | "provider.payment-required"
  | "provider.throttled"
  | "provider.unavailable"
  | "provider.answer-invalid"
  | "run.missing"
  | "result.missing";

export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: ProviderErrorCode;
  /** How long the provider asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ProviderErrorCode,
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
