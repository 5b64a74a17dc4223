import type { View } from "../core/create-view.ts";
import type { OutboxRow } from "../core/outbox-row.ts";
import type { TabHint, Tables } from "../ports.ts";
import type { Delta } from "./delta.ts";
import { isProvisional } from "./provisional-n.ts";

type ChangedHint = Extract<TabHint, { type: "changed" }>;

/** What the other tabs are told of a step. */
export function hintOf(delta: Delta, version: number): ChangedHint {
  return {
    type: "changed",
    version,
    base: [...(delta.base?.drop ?? []), ...(delta.base?.put ?? []).map(([key]) => key)],
    rows: [...(delta.outbox?.drop ?? []), ...(delta.outbox?.put ?? []).map(([n]) => n)],
    lists: delta.attention !== undefined || delta.uploads !== undefined,
  };
}

/**
 * The rows that a hint names, and those of the records that it names: what is on disk may be newer than the hint, and
 * a row that has left is only right together with the base that took it up.
 */
export function rowsOfHint(
  tables: Tables,
  view: View,
  hint: ChangedHint,
): Promise<(readonly [number, OutboxRow | undefined])[]> {
  const held = hint.base.flatMap((key) => view.rowsOf(key).map(({ n }) => n));
  const numbers = new Set([...hint.rows, ...held.filter((n) => !isProvisional(n))]);
  return Promise.all([...numbers].map(async (n) => [n, await tables.outbox.get(n)] as const));
}
