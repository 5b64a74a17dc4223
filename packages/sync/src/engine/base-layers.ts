import { type AnyRecord, epochOf, parseCursor } from "@safelight/shared";
import type { SyncState } from "../core/sync-state.ts";
import type { PackedRecord, Tables } from "../ports.ts";

/** Packs that are read at a time. */
const PACKS_PER_PAGE = 8;

/** All packs from a key up, page by page, in the order in which the first word on a record holds. */
export async function* packsFrom(
  tables: Tables,
  from?: number,
): AsyncGenerator<readonly [number, readonly PackedRecord[]]> {
  let range: { readonly from?: number; readonly after?: number } = from === undefined ? {} : { from };
  for (;;) {
    const page = await tables.packs.page({ ...range, limit: PACKS_PER_PAGE });
    for (const [key, { records }] of page) yield [key, records];
    const last = page.at(-1);
    if (last === undefined || page.length < PACKS_PER_PAGE) return;
    range = { after: last[0] };
  }
}

export function keyOf({ collection, record }: PackedRecord): string {
  return `${collection}/${record.id}`;
}

/** The whole base: rows first, then packs in order; the first word on a record holds. `undefined`: it is no more. */
export async function readBase(tables: Tables): Promise<Map<string, AnyRecord | undefined>> {
  const base = new Map((await tables.base.page()).map(([key, { record }]) => [key, record]));
  for await (const [, records] of packsFrom(tables)) {
    for (const packed of records) {
      const key = keyOf(packed);
      if (!base.has(key)) base.set(key, packed.record);
    }
  }
  return base;
}

/**
 * What the base says now of the records that changed since a tab was at `held`; `undefined`: only the whole base tells.
 */
export async function readSince(
  tables: Tables,
  held: SyncState,
  found: SyncState,
): Promise<Map<string, AnyRecord | undefined> | undefined> {
  const at = parseCursor(held.cursor ?? "");
  const isJoined =
    held.clientId === found.clientId &&
    held.generation === found.generation &&
    held.repacked === found.repacked &&
    held.snapshot === undefined &&
    found.snapshot === undefined &&
    at?.epoch === epochOf(found.cursor);
  if (!isJoined || at === undefined) return undefined;
  const rows = await tables.newest(undefined, at.seq);
  return new Map(rows.map(({ collection, id, record }) => [`${collection}/${id}`, record]));
}

/** One record; a search through the packs when it has no row. */
export async function readRecord(tables: Tables, key: string): Promise<AnyRecord | undefined> {
  const row = await tables.base.get(key);
  if (row !== undefined) return row.record;
  for await (const [, records] of packsFrom(tables)) {
    const found = records.find((packed) => keyOf(packed) === key);
    if (found !== undefined) return found.record;
  }
  return undefined;
}
