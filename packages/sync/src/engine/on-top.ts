import { packKey } from "../core/pack-order.ts";
import type { SyncState } from "../core/sync-state.ts";
import type { PackedRecord, PackRow, Tables } from "../ports.ts";

const RECORDS_PER_PACK = 500;

/** Packs of records, newest first, to be put above those that there are; and the mark that rows are in packs now. */
export async function onTop(
  tables: Tables,
  { generation, repacked = 0 }: Pick<SyncState, "generation" | "repacked">,
  records: readonly PackedRecord[],
): Promise<{ readonly repacked: number; readonly put: readonly (readonly [number, PackRow])[] }> {
  const count = Math.ceil(records.length / RECORDS_PER_PACK);
  const first = (await tables.packs.keys())[0] ?? packKey(generation, 0);
  const put = Array.from({ length: count }, (_, at) => {
    const start = at * RECORDS_PER_PACK;
    return [first - count + at, { records: records.slice(start, start + RECORDS_PER_PACK) }] as const;
  });
  return { repacked: repacked + 1, put };
}
