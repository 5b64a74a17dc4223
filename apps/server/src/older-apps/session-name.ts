const MAX_WORDS = 8;
const MAX_LENGTH = 80;

/**
 * The name of a session that nobody named: the day it was made (UTC) and the start of its first directive, once there
 * is one. `createdAt` is an ISO time.
 */
export function sessionNameFor(createdAt: string, firstDirective: string | undefined): string {
  const day = createdAt.slice(0, 10);
  const words = (firstDirective ?? "").split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return day;
  const start = words.slice(0, MAX_WORDS).join(" ").slice(0, MAX_LENGTH).toWellFormed();
  return `${day} ${start}${words.length > MAX_WORDS ? "…" : ""}`;
}
