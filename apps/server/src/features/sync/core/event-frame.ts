import { type Cursor, formatCursor } from "@safelight/shared";

/** One server-sent event. `data` is JSON, and so one line. `cursor` becomes the `id` that a client resumes from. */
export function eventFrame(event: "hello" | "changes" | "reset", data: string, cursor?: Cursor): string {
  const id = cursor === undefined ? "" : `id: ${formatCursor(cursor)}\n`;
  return `${id}event: ${event}\ndata: ${data}\n\n`;
}

/** A comment: keeps proxies from closing a quiet stream. */
export const HEARTBEAT_FRAME = ":\n\n";

/** How long a browser waits before it connects again, in milliseconds. */
export const RETRY_FRAME = "retry: 2000\n\n";
