import { setTimeout as delay } from "node:timers/promises";

/** Waits, or until the signal aborts; never rejects and keeps no process alive. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { ref: false, ...(signal !== undefined && { signal }) });
  } catch {
    // Aborted: whoever waits looks at the signal next.
  }
}
