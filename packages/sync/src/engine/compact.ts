import { jsonEqual } from "@safelight/shared";
import type { PackedRecord, PackRow } from "../ports.ts";
import { keyOf } from "./base-layers.ts";
import type { Mirror } from "./mirror.ts";
import { onTop } from "./on-top.ts";

/** Records in a pack, and the most in one that takes in its neighbours. */
const RECORDS_PER_PACK = 500;
const RECORDS_PER_MERGED_PACK = 1000;
/** Packs that one transaction reads. */
const PACKS_PER_STEP = 8;
/** Rows that one transaction moves. */
const ROWS_PER_STEP = 20_000;

/**
 * Keeps the base quick to read, and changes nothing that it says: rows go into packs on top of the others when there
 * are more than `rowsAbove`, and packs whose records have mostly moved on are joined. The whole base must be in memory.
 */
export async function compact(mirror: Mirror, rowsAbove: number): Promise<void> {
  if (!mirror.isWhole()) return;
  await packRows(mirror, rowsAbove);
  await joinPacks(mirror);
}

async function packRows(mirror: Mirror, rowsAbove: number): Promise<void> {
  await mirror.commit(
    ["base", "packs"],
    async (tables, state) => {
      const { snapshot, generation } = state;
      if (snapshot !== undefined || (await tables.base.keys()).length <= rowsAbove) return undefined;
      const packed: PackedRecord[] = [];
      const drop: string[] = [];
      for (const { collection, id, record, generation: own } of await tables.newest(ROWS_PER_STEP)) {
        // What says that a record is no more stays: a pack may hold it.
        if (record === undefined || own !== generation) continue;
        packed.push({ collection, record });
        drop.push(`${collection}/${id}`);
      }
      if (packed.length <= rowsAbove / 2) return undefined;
      const { repacked, put } = await onTop(tables, state, packed);
      return { state: { repacked }, base: { drop }, packs: { put } };
    },
    { mode: "cache", quiet: true },
  );
}

/**
 * Neighbours become one pack, under the last one's key: a tab that reads the packs in order meets every record at or
 * after the place where it was.
 */
async function joinPacks(mirror: Mirror): Promise<void> {
  const keys = await mirror.read(["packs"], (tables) => tables.packs.keys());
  const needed = Math.ceil(mirror.view.baseCount() / RECORDS_PER_PACK);
  if (keys.length <= 2 * needed + PACKS_PER_STEP) return;
  for (let at = 0; at < keys.length; at += PACKS_PER_STEP) {
    await joinSome(mirror, keys.slice(at, at + PACKS_PER_STEP));
  }
}

async function joinSome(mirror: Mirror, keys: readonly number[]): Promise<void> {
  await mirror.commit(
    ["packs"],
    async (tables, state) => {
      // Memory says what is still right: it has to be where the disk is.
      if (state.snapshot !== undefined || !mirror.isAt(state.version)) return undefined;
      const put: [number, PackRow][] = [];
      const drop: number[] = [];
      let held: { readonly key: number; readonly records: readonly PackedRecord[] } | undefined;
      const seen = new Set<string>();
      for (const key of keys) {
        const pack = await tables.packs.get(key);
        if (pack === undefined) return undefined;
        const live = pack.records.filter((packed) => {
          const name = keyOf(packed);
          if (seen.has(name) || !jsonEqual(mirror.view.baseOf(name), packed.record)) return false;
          seen.add(name);
          return true;
        });
        const joined: readonly PackedRecord[] = [...(held?.records ?? []), ...live];
        if (held !== undefined && joined.length <= RECORDS_PER_MERGED_PACK) {
          drop.push(held.key);
          held = { key, records: joined };
        } else {
          if (held !== undefined) put.push([held.key, { records: held.records }]);
          held = { key, records: live };
        }
      }
      if (held !== undefined) put.push([held.key, { records: held.records }]);
      return { packs: { put, drop } };
    },
    { mode: "cache", quiet: true },
  );
}
