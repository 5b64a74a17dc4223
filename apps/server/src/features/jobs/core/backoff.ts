export interface BackoffOptions {
  readonly baseMs: number;
  readonly maxMs: number;
  readonly factor?: number;
}

/** Wait before attempt `attempt` (0 is the first repetition), in milliseconds. */
export function backoffMs(attempt: number, { baseMs, maxMs, factor = 2 }: BackoffOptions): number {
  return Math.min(maxMs, baseMs * factor ** attempt);
}
