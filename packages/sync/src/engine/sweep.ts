import { firstKeyBefore } from "../core/pack-order.ts";
import type { BaseRow, Tables } from "../ports.ts";
import { keyOf, packsFrom } from "./base-layers.ts";
import type { Delta } from "./delta.ts";

/**
 * Lets go of everything older than the snapshot that is whole now: its rows, its packs, and in memory the records that
 * are no more. A row that an older leader still wrote over the snapshot gives way to what the snapshot says.
 */
export async function sweep(tables: Tables, generation: number): Promise<Pick<Delta, "base" | "packs">> {
  const rows = await tables.base.page();
  const stale = new Map(rows.filter(([, row]) => row.generation !== generation));
  const kept = new Set(rows.flatMap(([key, row]) => (row.generation === generation ? [key] : [])));
  const gone = new Set(stale.keys());
  const oldPacks: number[] = [];
  const put: [string, BaseRow][] = [];
  for await (const [pack, records] of packsFrom(tables)) {
    const isOld = pack >= firstKeyBefore(generation);
    if (isOld) oldPacks.push(pack);
    for (const packed of records) {
      const key = keyOf(packed);
      const row = stale.get(key);
      if (isOld) gone.add(key);
      else if (row !== undefined && !kept.has(key))
        put.push([key, { ...row, generation, record: packed.record }]);
      if (!isOld) kept.add(key);
    }
  }
  return { base: { put, drop: [...gone].filter((key) => !kept.has(key)) }, packs: { drop: oldPacks } };
}
