import type {
  AnyRecord,
  ChangesEvent,
  ChangesPage,
  HelloEvent,
  PushRequest,
  PushResponse,
  ResetEvent,
  SnapshotLine,
} from "@safelight/shared";
import type { AttentionItem } from "./sync-client.ts";
import type { AckedRow, OutboxRow } from "./core/outbox-row.ts";
import type { SyncState } from "./core/sync-state.ts";

/** One record as a change told it, above what the packs say. `order` is `-seq`, so that an index reads newest first. */
export interface BaseRow {
  readonly collection: string;
  readonly id: string;
  readonly order: number;
  /** Which snapshot, or the changes after it, wrote the row. */
  readonly generation: number;
  /** Left out: the record is no more, whatever a pack says. */
  readonly record?: AnyRecord;
}

/** A slice of a snapshot in one row: what a database costs is its rows. */
export interface PackRow {
  readonly records: readonly PackedRecord[];
}

export interface PackedRecord {
  readonly collection: string;
  readonly record: AnyRecord;
}

/** Bytes on this device, by their hash. */
export interface BlobRow {
  readonly bytes: Blob;
}

/** Bytes that the server does not have yet. `refused` says why it will not take them. */
export interface UploadRow {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly refused?: { readonly code: string; readonly message: string };
}

/** What each table holds, by its key. */
export interface TableTypes {
  /** Key: `collection/id`. */
  base: { key: string; value: BaseRow };
  /** Key: see `pack-order.ts`; of two that hold one record the lower key is right. */
  packs: { key: number; value: PackRow };
  /** Key: `n`. */
  outbox: { key: number; value: OutboxRow };
  /** Key: the `n` that was refused. */
  attention: { key: number; value: AttentionItem };
  /** Key: `n`. What the server acknowledged lately; sent again after a restore to an earlier time. */
  acked: { key: number; value: AckedRow };
  /** One row, `state`. */
  meta: { key: string; value: SyncState };
  /** Key: SHA-256 in hex. */
  blobs: { key: string; value: BlobRow };
  /** Key: SHA-256 in hex. */
  uploads: { key: string; value: UploadRow };
}

export type TableName = keyof TableTypes;
export const TABLE_NAMES = [
  "base",
  "packs",
  "outbox",
  "attention",
  "acked",
  "meta",
  "blobs",
  "uploads",
] as const;

/** The tables that are alike in every layout of a database; the others are a cache. */
export const LASTING_TABLES: readonly TableName[] = TABLE_NAMES.filter(
  (name) => name !== "base" && name !== "packs",
);

export interface Table<K extends string | number, V> {
  get(key: K): Promise<V | undefined>;
  has(key: K): Promise<boolean>;
  keys(): Promise<K[]>;
  /** Rows in key order; `from` is inclusive unless `after` is given; `limit` rows at most. */
  page(range?: { readonly from?: K; readonly after?: K; readonly limit?: number }): Promise<[K, V][]>;
  put(key: K, value: V): void;
  delete(key: K): void;
}

/** Tables of one transaction. Await nothing but these inside, or IndexedDB ends the transaction. */
export type Tables = {
  readonly [N in TableName]: Table<TableTypes[N]["key"], TableTypes[N]["value"]>;
} & {
  /** The `limit` rows of `base` that changed last, newest first; with `after`, of those past that `seq`. */
  readonly newest: (limit?: number, after?: number) => Promise<BaseRow[]>;
};

/** `cache` is a write that may be lost with the power, whole: for what the server can give or say again. */
export type TransactionMode = "read" | "write" | "cache";

/** What could be read of a database that fails: rows by table, the base left out. */
export type Salvage = ReadonlyMap<TableName, readonly (readonly [IDBValidKey, unknown])[]>;

/** Why a database is not used although there is one. `mendable`: it can be made anew. */
export interface StorageFault {
  readonly reason: string;
  readonly mendable: boolean;
  /** A newer bundle has changed the layout: writes are kept, what the server said is that bundle's to read. */
  readonly outdated?: boolean;
}

/**
 * Atomic transactions over named tables. A `write` that resolves is on disk; one that rejects left no trace. Writes
 * exclude every other transaction over the same tables, in all tabs.
 */
export interface Storage {
  /** `memory` is gone when the tab closes. */
  readonly kind: "disk" | "memory";
  readonly fault?: StorageFault | undefined;
  transact<T>(
    mode: TransactionMode,
    names: readonly TableName[],
    work: (tables: Tables) => Promise<T>,
  ): Promise<T>;
  /** What can be read of the database, whatever else fails. */
  salvage?(): Promise<Salvage>;
  /** Deletes the database and makes a new one of what could be read; other tabs open the new one at their next use. */
  rebuild?(): Promise<void>;
  close(): Promise<void>;
}

/** What the event stream says, as parsed. */
export type StreamEvent =
  | { readonly type: "hello"; readonly data: HelloEvent }
  | { readonly type: "changes"; readonly data: ChangesEvent }
  | { readonly type: "reset"; readonly data: ResetEvent };

/** The server, as far as sync needs it. Everything rejects with a `TransportError`. */
export interface Transport {
  push(request: PushRequest, signal: AbortSignal): Promise<PushResponse>;
  changes(since: string, limit: number, signal: AbortSignal): Promise<ChangesPage>;
  /** Lines as they arrive; ends without an `end` line when it was cut off. */
  snapshot(before: number | undefined, signal: AbortSignal): AsyncIterable<SnapshotLine>;
  /** Ends when the connection does. */
  events(since: string, signal: AbortSignal): AsyncIterable<StreamEvent>;
  /** `onSent` is told now and then how many bytes have left this device, where that can be known. */
  putBlob(
    sha256: string,
    bytes: Blob,
    signal: AbortSignal,
    onSent: (sentBytes: number) => void,
  ): Promise<void>;
}

/** How the way to the server is: what the status pill says of it. */
export type Link = "connecting" | "online" | "offline" | "server" | "signed-out" | "read-only" | "outdated";

/** The upload under way: bytes that have left this device, which the server may not have yet. */
export interface Sending {
  readonly sha256: string;
  readonly sentBytes: number;
}

/** What one tab tells the others. A hint carries keys, never data: the reader looks in the storage. */
export type TabHint =
  | {
      readonly type: "changed";
      /** The state's version after the change. */
      readonly version: number;
      /** Records with a row in `base`, those without one any more, and packs that are new. */
      readonly base: readonly string[];
      readonly gone: readonly string[];
      readonly packs: readonly number[];
      readonly rows: readonly number[];
      /** Attention list or uploads changed. */
      readonly lists: boolean;
    }
  /** What is written next may be on the disk without a word, if its tab is killed. */
  | { readonly type: "writing" }
  | { readonly type: "link"; readonly link: Link }
  /** How far the upload under way is. */
  | ({ readonly type: "sending" } & Sending)
  /** A new tab asks the leader how the link is. */
  | { readonly type: "ask" }
  | { readonly type: "nudge" };

/** The other tabs of this database. */
export interface Tabs {
  /**
   * Queues for leadership and runs `work` while this tab leads; the signal aborts when leadership is lost. Calling the
   * returned function leaves the queue or steps down, and resolves when `work` has ended.
   */
  lead(work: (signal: AbortSignal) => Promise<void>): () => Promise<void>;
  /** Asks the leader for a sign of life; without one the lead is taken from it. */
  challenge(): void;
  send(hint: TabHint): void;
  listen(listener: (hint: TabHint) => void): () => void;
}

/** Wall clock and timers. `now` is in epoch milliseconds and may jump: it is shown and waited on, never compared for order. */
export interface Clock {
  now(): number;
  /** Returns `cancel`. */
  after(delayMs: number, run: () => void): () => void;
}

/** Width and height of a picture in pixels; `undefined` for what is not one. */
export type MeasurePicture = (
  bytes: Blob,
) => Promise<{ readonly width: number; readonly height: number } | undefined>;

/** SHA-256 in hex. */
export type HashBlob = (bytes: Blob) => Promise<string>;
