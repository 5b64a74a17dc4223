import { ProblemError } from "../problem-error.ts";

/** A record's ETag is its revision. */
export function etagOf(rev: number): string {
  return `"${rev}"`;
}

/** The revision that `If-Match` demands: `"3"` or a bare `3`; `*` and no header demand none. */
export function revOfIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  const match = /^\s*(?:"(\d{1,15})"|(\d{1,15}))\s*$/.exec(header);
  if (match !== null) return Number(match[1] ?? match[2]);
  const message = 'must be one revision, such as "3"';
  throw new ProblemError(400, "request.invalid", `If-Match ${message}.`, {
    errors: [{ path: "If-Match", message }],
  });
}
