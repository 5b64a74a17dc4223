/** System calls that come before the first byte of a request. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);

/** Failures to connect, and certificates that are refused once the handshake ends, before anything is written. */
const CODES: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Deepest chain of causes that is looked at. */
const MAX_DEPTH = 5;

/** Whether a failed `fetch` is proof that no byte of the request was sent. A reset or a timeout is none. */
export function neverLeft(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return false;
  // One attempt for each address of a name: all of them must have failed to connect.
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((one) => neverLeft(one, depth + 1));
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const syscall = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  if (CODES.has(code) || BEFORE_SENDING.has(syscall)) return true;
  return neverLeft(error.cause, depth + 1);
}
