import type { AnyRecord } from "@safelight/shared";
import { type AckedRow, baseKeyOf, joinMutations, type LocalMutation, type OutboxRow } from "./outbox-row.ts";

/** How long what was acknowledged is kept for a studio that is restored to an earlier time, in milliseconds. */
export const RESEND_WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * The outbox after the studio was restored to an earlier time: what was acknowledged in the last day, then what was
 * waiting, in the old order and under new numbers. Edits of one record that follow each other become one, with the
 * first one's `was`: what the restored studio still has of them then changes nothing. A record that is still there is
 * not created again. `baseOf` is the restored studio's state.
 */
export function planResend(
  acked: readonly AckedRow[],
  outbox: readonly OutboxRow[],
  baseOf: (key: string) => AnyRecord | undefined,
  options: { readonly firstN: number; readonly nowMs: number },
): OutboxRow[] {
  const recent = acked.filter((row) => options.nowMs - row.atMs <= RESEND_WINDOW_MS);
  const steps: { mutation: LocalMutation; atMs: number }[] = [];
  const lastOfRecord = new Map<string, number>();
  for (const { mutation, atMs } of [...recent, ...outbox]) {
    const key = baseKeyOf(mutation);
    if (mutation.op === "create" && baseOf(key) !== undefined) continue;
    const index = lastOfRecord.get(key);
    const last = index === undefined ? undefined : steps[index];
    if (last?.mutation.op === "update" && mutation.op === "update") {
      last.mutation = joinMutations(last.mutation, mutation);
      continue;
    }
    lastOfRecord.set(key, steps.length);
    steps.push({ mutation, atMs });
  }
  return steps.map(({ mutation, atMs }, index) => ({
    n: options.firstN + index,
    mutation,
    atMs,
    sent: false,
  }));
}
