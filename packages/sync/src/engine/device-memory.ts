import type { AnyRecord } from "@safelight/shared";
import { createView, type View } from "../core/create-view.ts";
import type { OutboxRow } from "../core/outbox-row.ts";
import type { SyncState } from "../core/sync-state.ts";
import type { Tables, UploadRow } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";
import { type BaseMemory, createBaseMemory } from "./base-memory.ts";
import type { Delta } from "./delta.ts";
import { isProvisional } from "./provisional-n.ts";

/** What a tab holds of the database: whoever changes it has read or written the disk first. */
export interface DeviceMemory {
  readonly view: View;
  readonly base: BaseMemory;
  /** Throws before there is one. */
  readonly state: () => SyncState;
  /** The last state at which memory was known to hold what the disk did. `state` may be ahead of it. */
  synced(): SyncState | undefined;
  /** The disk is at `next`; `isSynced`: memory holds what it does. */
  setState(next: SyncState, isSynced: boolean): void;
  readonly attention: () => readonly AttentionItem[];
  readonly uploads: () => ReadonlyMap<string, UploadRow>;
  /** Reads the attention list and the uploads. */
  readLists(tables: Tables): Promise<void>;
  /** Takes in a step that was written. */
  apply(delta: Delta): void;
  /**
   * The outbox as the disk has it, and records of the base: all of them (`isAll`), or those that changed. Rows that are in
   * memory alone stay.
   */
  replace(rows: readonly OutboxRow[], held: ReadonlyMap<string, AnyRecord | undefined>, isAll: boolean): void;
}

export function createDeviceMemory(): DeviceMemory {
  const view = createView();
  const base = createBaseMemory(view);
  let state: SyncState | undefined;
  let synced: SyncState | undefined;
  let attention: readonly AttentionItem[] = [];
  let uploads: ReadonlyMap<string, UploadRow> = new Map();

  return {
    view,
    base,
    state() {
      if (state === undefined) throw new Error("The sync client is used before open().");
      return state;
    },
    synced: () => synced,
    setState(next, isSynced) {
      state = next;
      if (isSynced) synced = next;
    },
    attention: () => attention,
    uploads: () => uploads,

    async readLists(tables) {
      const [items, waiting] = await Promise.all([tables.attention.page(), tables.uploads.page()]);
      attention = items.map(([, item]) => item);
      uploads = new Map(waiting);
    },

    apply(delta) {
      base.apply(delta);
      for (const n of delta.outbox?.drop ?? []) view.dropRow(n);
      for (const [, row] of delta.outbox?.put ?? []) view.putRow(row);
      const { attention: items } = delta;
      if (items !== undefined) {
        const put = items.put ?? [];
        const gone = new Set([...(items.drop ?? []), ...put.map(([n]) => n)]);
        attention = [...attention.filter(({ n }) => !gone.has(n)), ...put.map(([, item]) => item)];
      }
      if (delta.uploads !== undefined) {
        const next = new Map([...uploads, ...(delta.uploads.put ?? [])]);
        for (const sha256 of delta.uploads.drop ?? []) next.delete(sha256);
        uploads = next;
      }
    },

    replace(rows, held, isAll) {
      if (isAll) {
        for (const key of view.baseKeys()) if (!held.has(key)) base.set(key, undefined);
      }
      for (const [key, record] of held) base.set(key, record);
      const kept = new Set(rows.map(({ n }) => n));
      for (const { n } of view.rows()) if (!isProvisional(n) && !kept.has(n)) view.dropRow(n);
      for (const row of rows) view.putRow(row);
    },
  };
}
