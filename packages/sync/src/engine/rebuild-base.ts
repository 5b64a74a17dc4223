import { packKey } from "../core/pack-order.ts";
import type { View } from "../core/create-view.ts";
import { STATE_KEY, type SyncState } from "../core/sync-state.ts";
import { type Storage, TABLE_NAMES, type UploadRow } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";
import { writeAnew } from "./write-anew.ts";

const RECORDS_PER_PACK = 500;

export interface HeldInMemory {
  readonly state: SyncState;
  readonly view: View;
  readonly attention: readonly AttentionItem[];
  readonly uploads: ReadonlyMap<string, UploadRow>;
  readonly isWhole: boolean;
}

/** Has the storage made anew and writes into it what this tab holds, the base too when it holds all of it. */
export async function rebuild(storage: Storage, held: HeldInMemory): Promise<void> {
  if (storage.rebuild === undefined) throw new Error("This storage cannot be rebuilt.");
  await storage.rebuild();
  const { state, view, attention } = held;
  await storage.transact("write", TABLE_NAMES, async (tables) => {
    const found = await tables.meta.get(STATE_KEY);
    const isOwn = found === undefined || found.clientId === state.clientId;
    const next = writeAnew(tables, state, isOwn ? undefined : found, { rows: view.rows(), attention });
    for (const [sha256, row] of held.uploads) tables.uploads.put(sha256, row);
    const { cursor, generation } = state;
    if (!isOwn || !held.isWhole || cursor === undefined) {
      tables.meta.put(STATE_KEY, { ...next, version: next.version + 1 });
      return;
    }
    const records = [...view.baseKeys()].flatMap((key) => {
      const record = view.baseOf(key);
      return record === undefined ? [] : [{ collection: key.slice(0, key.indexOf("/")), record }];
    });
    for (let at = 0; at < records.length; at += RECORDS_PER_PACK) {
      const pack = { records: records.slice(at, at + RECORDS_PER_PACK) };
      tables.packs.put(packKey(generation, at / RECORDS_PER_PACK), pack);
    }
    const kept = state.conflicts === undefined ? {} : { conflicts: state.conflicts };
    tables.meta.put(STATE_KEY, {
      ...next,
      ...kept,
      version: next.version + 1,
      cursor,
      generation,
      repacked: (state.repacked ?? 0) + 1,
    });
  });
}
