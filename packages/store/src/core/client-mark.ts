import type { StepResult } from "../store.ts";

/** A refusal as it was answered, so that a resend is answered the same. */
export type Rejection = Omit<Extract<StepResult, { status: "rejected" }>, "n" | "status"> & {
  readonly n: number;
};

/** How far one client's mutations have been taken. `seq`: the commit in which that was last written down. */
export interface ClientMark {
  readonly n: number;
  readonly seq: number;
  readonly rejections: readonly Rejection[];
}

/** Rejections remembered per client. An answer lost for longer than that many mutations cannot be repeated. */
const MAX_REJECTIONS = 1000;

/** The mark after one more commit of this client. */
export function advanceMark(
  mark: ClientMark | undefined,
  n: number,
  seq: number,
  rejected: readonly Rejection[],
): ClientMark {
  const known = mark?.rejections ?? [];
  const seen = new Set(known.map((rejection) => rejection.n));
  const added = rejected.filter((rejection) => !seen.has(rejection.n));
  const rejections = added.length === 0 ? known : [...known, ...added].slice(-MAX_REJECTIONS);
  return { n: Math.max(n, mark?.n ?? 0), seq, rejections };
}
