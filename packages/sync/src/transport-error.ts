/**
 * Why the server was not reached or did not do as asked:
 * `offline` no answer, or one that is not the server's; `server` it cannot now; `signed-out` 401 or 403; `read-only` its disk;
 * `outdated` it speaks another version; `snapshot-needed` the cursor is too old; `refused` this very content is wrong.
 */
export type TransportErrorKind =
  | "offline"
  | "server"
  | "signed-out"
  | "read-only"
  | "outdated"
  | "snapshot-needed"
  | "refused";

/** The only error that a transport throws. Of all kinds only `refused` is a verdict on what was sent. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly kind: TransportErrorKind;
  readonly code: string;
  readonly path: string;
  /** The server's own wish (`Retry-After`), in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: TransportErrorKind,
    message: string,
    details: {
      readonly code?: string;
      readonly path?: string;
      readonly retryAfterMs?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.code = details.code ?? `sync.${kind}`;
    this.path = details.path ?? "";
    this.retryAfterMs = details.retryAfterMs;
  }
}
