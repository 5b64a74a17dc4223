/** How a call to a provider can fail. Only `submit.lost` leaves open whether the work was taken. */
export type ProviderErrorCode =
  | "submit.lost"
  | "request.invalid"
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

  constructor(code: ProviderErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
