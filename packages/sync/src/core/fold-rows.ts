import { type AnyRecord, applyMutation, definitionOf } from "@safelight/shared";
import type { OutboxRow } from "./outbox-row.ts";

/**
 * A record as the screen shows it: the server's state with unsent work on top, by the same function as the server's.
 * What the server would refuse is not shown; it comes back in the attention list.
 */
export function foldRows(base: AnyRecord | undefined, rows: readonly OutboxRow[]): AnyRecord | undefined {
  let record = base;
  for (const { mutation, atMs } of rows) {
    const outcome = applyMutation(definitionOf(mutation.collection), record, mutation, {
      actor: "client",
      now: isoTime(atMs),
    });
    if (outcome.kind !== "rejected") record = outcome.record;
  }
  return record;
}

/** A clock that is out of range still gives a time. */
export function isoTime(atMs: number): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
