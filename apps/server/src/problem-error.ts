/** A fault that the caller should hear about, answered as an RFC 9457 problem document. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** Stable; programs decide on it. */
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[] | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    options: { errors?: readonly { path: string; message: string }[]; cause?: unknown } = {},
  ) {
    super(detail, "cause" in options ? { cause: options.cause } : undefined);
    this.status = status;
    this.code = code;
    this.errors = options.errors;
  }
}
