const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait after `failures` failures in a row: doubles from half a second to half a minute, of which a random
 * half is taken off, so that many clients of one server do not come back at once.
 */
export function backoffMs(failures: number, random: number, retryAfterMs?: number): number {
  const fullMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(Math.max(failures - 1, 0), 10));
  const delayMs = fullMs / 2 + (fullMs / 2) * random;
  return Math.max(delayMs, Math.min(retryAfterMs ?? 0, 10 * 60_000));
}
