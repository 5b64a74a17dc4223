import type { AnyRecord } from "@safelight/shared";
import type { View } from "../core/create-view.ts";
import { baseKeyOf, type OutboxRow } from "../core/outbox-row.ts";
import type { TabHint, Tables } from "../ports.ts";
import { keyOf } from "./base-layers.ts";
import type { Delta } from "./delta.ts";
import { isProvisional } from "./provisional-n.ts";

type ChangedHint = Extract<TabHint, { type: "changed" }>;

/** What the other tabs are told of a step. */
export function hintOf(delta: Delta, version: number): ChangedHint {
  return {
    type: "changed",
    version,
    base: (delta.base?.put ?? []).map(([key]) => key),
    gone: delta.base?.drop ?? [],
    packs: (delta.packs?.put ?? []).map(([key]) => key),
    rows: [...(delta.outbox?.drop ?? []), ...(delta.outbox?.put ?? []).map(([n]) => n)],
    lists: delta.attention !== undefined || delta.uploads !== undefined,
  };
}

export const HINT_TABLES = ["meta", "base", "packs", "outbox", "attention", "uploads"] as const;

/** What the disk says of what a hint names, which may be newer than the hint. */
interface Told {
  readonly rows: readonly (readonly [number, OutboxRow | undefined])[];
  readonly base: ReadonlyMap<string, AnyRecord | undefined>;
}

/**
 * Reads the rows that a hint names and those of the records that it names: a row that has left is only right together
 * with the base that took it up. `undefined`: some of it has moved on since, or came while this tab heard nothing, and only
 * the whole base tells where to.
 * @param isNext Whether the disk is but this step ahead of memory.
 */
export async function readHint(
  tables: Tables,
  view: View,
  hint: ChangedHint,
  isNext: boolean,
): Promise<Told | undefined> {
  const named = new Set([...hint.base, ...hint.gone]);
  const rowOf = async (n: number) => [n, await tables.outbox.get(n)] as const;
  const told = await Promise.all(hint.rows.map(rowOf));
  for (const [n, row] of told) {
    const { mutation } = row ?? view.row(n) ?? {};
    if (mutation !== undefined) named.add(baseKeyOf(mutation));
  }
  // Other rows of these records may have left while this tab heard nothing.
  const held = [...named].flatMap((key) => view.rowsOf(key).map(({ n }) => n));
  const others = held.filter((n) => !isProvisional(n) && !hint.rows.includes(n));
  const rows = [...told, ...(await Promise.all(others.map(rowOf)))];
  const packs = await Promise.all(hint.packs.map((key) => tables.packs.get(key)));
  // A pack stands below the rows, all of them.
  const keys = packs.length > 0 ? await tables.base.keys() : [...named];
  const above = await Promise.all(keys.map(async (key) => [key, await tables.base.get(key)] as const));
  const base = new Map<string, AnyRecord | undefined>(hint.gone.map((key) => [key, undefined]));
  for (const packed of packs.flatMap((pack) => pack?.records ?? [])) base.set(keyOf(packed), packed.record);
  for (const [key, row] of above) if (row !== undefined) base.set(key, row.record);
  // What took a row up may be in a pack of a step that this tab missed; without it the record would go back.
  const left = rows.flatMap(([n, row]) => (row === undefined ? (view.row(n) ?? []) : []));
  const isLeftKnown = isNext || left.every(({ mutation }) => base.has(baseKeyOf(mutation)));
  const isKnown = isLeftKnown && !packs.includes(undefined) && hint.base.every((key) => base.has(key));
  return isKnown ? { rows, base } : undefined;
}
