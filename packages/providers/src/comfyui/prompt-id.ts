import { createHash } from "node:crypto";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that ComfyUI shall know a job by: a UUID, which newer builds insist on, and always the same one. */
export function promptIdOf(jobId: string): string {
  const own = UUID.exec(jobId)?.[0];
  if (own !== undefined) return own;
  const hex = createHash("sha256").update(jobId).digest("hex");
  // Version 8 is for ids made by rules of one's own.
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
