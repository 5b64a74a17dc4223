import { STATE_KEY, type SyncState } from "../core/sync-state.ts";
import { type AckedRow, type OutboxRow } from "../core/outbox-row.ts";
import type { BaseRow, BlobRow, PackRow, Tables, UploadRow } from "../ports.ts";
import type { AttentionItem } from "../sync-client.ts";

/** Puts and deletions of one table. */
export interface TableDelta<K, V> {
  readonly put?: readonly (readonly [K, V])[];
  readonly drop?: readonly K[];
}

/** One step of the database: written to the storage whole, then taken into memory as it is. */
export interface Delta {
  readonly state?: Partial<SyncState>;
  /** Fields of the state that are no more. */
  readonly unset?: readonly ("snapshot" | "cursor")[];
  readonly base?: TableDelta<string, BaseRow>;
  readonly packs?: TableDelta<number, PackRow>;
  readonly outbox?: TableDelta<number, OutboxRow>;
  readonly attention?: TableDelta<number, AttentionItem>;
  readonly acked?: TableDelta<number, AckedRow>;
  readonly uploads?: TableDelta<string, UploadRow>;
  readonly blobs?: TableDelta<string, BlobRow>;
}

const DELTA_TABLES = ["base", "packs", "outbox", "attention", "acked", "uploads", "blobs"] as const;

/** Writes a delta; answers the state after it. */
export function writeDelta(tables: Tables, state: SyncState, delta: Delta): SyncState {
  for (const name of DELTA_TABLES) writeTable(tables, name, delta);
  const next: SyncState = { ...state, ...delta.state, version: state.version + 1 };
  const kept = withoutFields(next, delta.unset ?? []);
  tables.meta.put(STATE_KEY, kept);
  return kept;
}

function writeTable(tables: Tables, name: (typeof DELTA_TABLES)[number], delta: Delta): void {
  const table = tables[name] as { put(key: unknown, value: unknown): void; delete(key: unknown): void };
  for (const key of delta[name]?.drop ?? []) table.delete(key);
  for (const [key, value] of delta[name]?.put ?? []) table.put(key, value);
}

function withoutFields(state: SyncState, names: readonly ("snapshot" | "cursor")[]): SyncState {
  const { snapshot, cursor, ...rest } = state;
  return {
    ...rest,
    ...(snapshot === undefined || names.includes("snapshot") ? {} : { snapshot }),
    ...(cursor === undefined || names.includes("cursor") ? {} : { cursor }),
  };
}
