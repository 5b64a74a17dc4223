import type { Link } from "./ports.ts";
import type { AnyRecord, BlobRef, CollectionName, JsonObject, NewRecord, RecordOf } from "@safelight/shared";

/** A record as a screen shows it: the server's state with this device's unsent work on top. */
export type Viewed<C extends CollectionName> = RecordOf<C> & AnyRecord;

/** A write that is on screen already; `durable` resolves when it is on this device's disk. */
export interface PendingWrite {
  readonly id: string;
  readonly durable: Promise<void>;
}

/** What keeps a mutation from the server: it was refused, and a person decides. */
export interface AttentionItem {
  readonly n: number;
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: "create" | "update" | "delete" | "restore";
  readonly set?: JsonObject;
  /** What the writer saw in those fields. */
  readonly was?: JsonObject;
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly at: string;
}

/** A mutation that the server has not confirmed, or that this device does not show as the server's yet. */
export interface WaitingMutation {
  readonly n: number;
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: AttentionItem["op"];
  /** Names of the fields that it sets. */
  readonly fields: readonly string[];
  /** When it was made, ISO, by this device's clock. */
  readonly since: string;
  /** `memory`: this device's disk does not have it yet. `acknowledged`: the server has it, and its answer is being applied. */
  readonly stage: "memory" | "disk" | "sent" | "acknowledged";
}

/** Bytes that the server does not have; `refused` says why it will not take them. */
export interface WaitingBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** How many of them have left this device; not there until some have. */
  readonly sentBytes?: number;
  readonly refused?: { readonly code: string; readonly message: string };
}

/** Everything that is on this device alone. Keeps its identity until it changes; `subscribeStatus` tells. */
export interface Waiting {
  /** In the order in which they are sent. */
  readonly mutations: readonly WaitingMutation[];
  readonly blobs: readonly WaitingBlob[];
}

/** Values of a record that gave way to a later arrival: the loser stays in the history, and here until somebody decides. */
export interface RecordConflict {
  readonly collection: CollectionName;
  readonly id: string;
  /** Place of the change that won. */
  readonly seq: number;
  /** What `update` is given to put the lost values back, `null` for none. Empty: somebody edited the record in the trash. */
  readonly lost: JsonObject;
}

/** One change of one record, as this tab's screen sees it. */
export interface RecordEvent {
  /** `local`: written through this very client. `remote`: another tab, another device, the server itself, or its refusal. */
  readonly origin: "local" | "remote";
  /** Undefined: there was none, there is none any more. */
  readonly before: AnyRecord | undefined;
  readonly after: AnyRecord | undefined;
  /** Fields whose values differ, `deletedAt` among them; never `rev`, `createdAt` and `updatedAt`. Not empty. */
  readonly fields: readonly string[];
}

/**
 * Derived from what is stored, never set by hand. `saved` is said only when nothing waits.
 * `waiting` counts mutations and blobs that are on this device alone.
 */
export type SyncStatus =
  | { readonly state: "saved"; readonly at: string | undefined }
  | { readonly state: "saving"; readonly waiting: number }
  | {
      readonly state: "on-device";
      readonly waiting: number;
      /** `outdated`: the server speaks a newer version than this page; a reload fetches it. */
      readonly reason: "offline" | "server" | "signed-out" | "read-only" | "outdated";
    }
  | {
      readonly state: "not-saved";
      readonly reason: string;
      /** `full`: no room left. `broken`: the storage fails. `memory`: there is none, and the server is out of reach. */
      readonly cause?: "full" | "broken" | "memory";
    }
  | { readonly state: "needs-attention"; readonly count: number; readonly waiting: number };

/** Reads of the whole view. Snapshots keep their identity until the data changes, for `useSyncExternalStore`. */
export interface SyncView {
  get<C extends CollectionName>(collection: C, id: string): Viewed<C> | undefined;
  /** Records outside the trash, newest first (by `createdAt`, then id). */
  list<C extends CollectionName>(collection: C): readonly Viewed<C>[];
  /** Records in the trash, newest deletion first. */
  trash<C extends CollectionName>(collection: C): readonly Viewed<C>[];
}

/**
 * The local-first engine: every write is on screen at once and on disk before it is called durable, works with no
 * server, and reaches the server exactly once. Tabs of one browser share one database; one of them talks to the server.
 */
export interface SyncClient extends SyncView {
  /** Loads this device's cache; resolves when the view can be painted. Never waits for the network. */
  open(): Promise<void>;
  /** Resolves, and `isWhole` from then on, when the whole cache is in the view; `open` waits for the newest records alone. */
  whenWhole(): Promise<void>;
  isWhole(): boolean;
  /** `memory`: a private window, or a browser without storage; what is here is gone when the tab closes. */
  storageKind(): "disk" | "memory";
  create<C extends CollectionName>(
    collection: C,
    fields: NewRecord<C>,
    options?: { readonly id?: string },
  ): PendingWrite;
  update<C extends CollectionName>(
    collection: C,
    id: string,
    set: { readonly [K in keyof NewRecord<C>]?: NewRecord<C>[K] | null },
  ): PendingWrite;
  delete(collection: CollectionName, id: string): PendingWrite;
  restore(collection: CollectionName, id: string): PendingWrite;
  /** Keeps bytes on this device and queues their upload. Identical bytes are kept once. */
  putBlob(bytes: Blob, options?: { readonly name?: string }): Promise<BlobRef>;
  /** Bytes that are still only on this device; `undefined` once the server has them and the copy was dropped. */
  localBlob(sha256: string): Promise<Blob | undefined>;

  status(): SyncStatus;
  /** How the way to the server is, whether anything waits or not; `subscribeStatus` tells of changes. */
  link(): Link;
  attention(): readonly AttentionItem[];
  /** What is on this device alone; the attention list stands beside it. */
  waiting(): Waiting;
  /**
   * Records with a conflict that this device heard of, by its events; `subscribeStatus` tells of changes. A field that is
   * edited again is decided, and so is the trash by a restoration.
   */
  conflicts(): readonly RecordConflict[];
  /** What won stays; the other value is in the history alone from here on. */
  dismissConflict(collection: CollectionName, id: string): Promise<void>;
  retryAttention(n: number): Promise<void>;
  /** Queues the change again with these fields in place of its own; a deletion has none. */
  editAttention(n: number, set: JsonObject): Promise<void>;
  discardAttention(n: number): Promise<void>;
  /** Everything that is on this device alone, as JSON text for a file; blobs are named by their hash. */
  exportOutbox(): Promise<string>;
  /** Why this browser's database does not work, or is not used; undefined while all is well and where there is none. */
  storageFault(): { readonly reason: string; readonly mendable: boolean } | undefined;
  /**
   * Makes this browser's database anew, with what could be read of it and what this tab holds; save `exportOutbox` to a
   * file before. Rejects, with everything as it was, when that fails. A page whose `storageKind` was `memory` is to be
   * loaded again afterwards.
   */
  rebuildStorage(): Promise<void>;

  /** Called after the view of any of `collections` (all when left out) changed. Returns `unsubscribe`. */
  subscribe(listener: () => void, collections?: readonly CollectionName[]): () => void;
  /** Called after one record changed, with who changed it. Changes of `rev` and times alone are not told. */
  subscribeRecord(collection: CollectionName, id: string, listener: (event: RecordEvent) => void): () => void;
  /** Called after the status, the attention list or what waits changed. */
  subscribeStatus(listener: () => void): () => void;
  /** Tries the network now: on focus, `online`, or a click. */
  nudge(): void;
  close(): Promise<void>;
}
