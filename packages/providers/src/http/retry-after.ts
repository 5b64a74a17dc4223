/** Longest time that a provider is left alone on its word. */
const MAX_MS = 15 * 60_000;

/** `Retry-After` in milliseconds: seconds or a date. `now` in epoch ms. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(MAX_MS, Math.max(0, ms)) : undefined;
}
