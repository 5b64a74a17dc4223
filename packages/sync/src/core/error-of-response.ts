import { isJsonObject } from "@safelight/shared";
import { TransportError, type TransportErrorKind } from "../transport-error.ts";

/** What an answer that is not a success means. `body` is its parsed JSON, if it was JSON. */
export function errorOfResponse(
  status: number,
  body: unknown,
  retryAfter: string | null | undefined,
): TransportError {
  const problem = isJsonObject(body) && typeof body["code"] === "string" ? body : undefined;
  const code = typeof problem?.["code"] === "string" ? problem["code"] : undefined;
  const detail = problem?.["detail"];
  const first: unknown = Array.isArray(problem?.["errors"]) ? problem["errors"][0] : undefined;
  const seconds = Number(retryAfter ?? "");
  return new TransportError(
    kindOf(status, code),
    typeof detail === "string" ? detail : `The server answered ${status}.`,
    {
      ...(code === undefined ? {} : { code }),
      ...(isJsonObject(first) && typeof first["path"] === "string" ? { path: first["path"] } : {}),
      ...(seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
    },
  );
}

function kindOf(status: number, code: string | undefined): TransportErrorKind {
  if (code === "sync.snapshot-needed") return "snapshot-needed";
  if (code === "sync.schema-older") return "outdated";
  if (code === "store.read-only" || code === "store.full" || status === 507) return "read-only";
  if (status === 401 || status === 403) return "signed-out";
  // A verdict on the content is one only from our server: a proxy's 4xx page says nothing about the outbox.
  if (code !== undefined && (status === 400 || status === 413 || status === 415 || status === 422))
    return "refused";
  return "server";
}
