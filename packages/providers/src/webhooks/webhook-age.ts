const MAX_AGE_MS = 5 * 60_000;

/** Whether a call's time, in seconds since 1970 as its header has it, is within five minutes of now (epoch ms). */
export function isRecent(timestamp: string | undefined, now: number): timestamp is string {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now - Number(timestamp) * 1000) <= MAX_AGE_MS;
}
