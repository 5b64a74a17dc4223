import type {
  AnyRecord,
  Change,
  ChangeOp,
  CollectionName,
  Conflict,
  Cursor,
  Mutation,
  RecordOf,
  RejectCode,
} from "@safelight/shared";
import type { BlobStore } from "./blob-store.ts";
import type { History } from "./history.ts";
import type { LogStore } from "./log-store.ts";
import type { BlobUpkeep } from "./scrub.ts";
import type { StorageReport } from "./storage-report.ts";
import type { StoreHealth } from "./store-health.ts";

/** The state that the next commit builds on: durable records and what earlier commits have staged. */
export interface StagedView {
  get<C extends CollectionName>(collection: C, id: string): RecordOf<C> | undefined;
  /** Records of a collection in no particular order, the trash included. */
  scan<C extends CollectionName>(collection: C): Iterable<RecordOf<C>>;
}

/** One step of a commit: a mutation, and the `rev` that its record must have (`If-Match`). */
export interface PlannedMutation extends Mutation {
  readonly ifRev?: number;
  /** The client's own count, for mutations that came by a push. */
  readonly n?: number;
}

/** Removes a record for good, leaving a tombstone. Only trash retention and "discard" ask for it. */
export interface PlannedPurge {
  readonly op: "purge";
  readonly collection: CollectionName;
  readonly id: string;
}

export type PlannedStep = PlannedMutation | PlannedPurge;

export interface CommitRequest {
  /** Who asks: `server`, `http`, `client:<id>`, with the device's name after a space where it has one; kept in the journal. */
  readonly by: string;
  /** `client` may not set the server's fields. */
  readonly actor: "client" | "server";
  /**
   * `all`: any rejected step fails the whole commit with a `CommitRejectedError`. `each`: a rejected step has no effect
   * and the others stand (a push).
   */
  readonly atomicity: "all" | "each";
  /** Steps, or a function that plans them against the staged state, synchronously, once. */
  readonly steps: readonly PlannedStep[] | ((staged: StagedView) => readonly PlannedStep[]);
  /** For a push: steps whose `n` is not above the client's last one are duplicates. */
  readonly clientId?: string;
}

/** What became of one step, in the order of the request. */
export type StepResult =
  | {
      readonly status: "applied" | "merged" | "unchanged";
      readonly seq: number;
      readonly record: AnyRecord | undefined;
      readonly n?: number;
    }
  | { readonly status: "duplicate"; readonly seq: number; readonly n: number }
  | {
      readonly status: "rejected";
      readonly code: StepRejectCode;
      readonly path: string;
      readonly message: string;
      readonly n?: number;
    };

export type StepRejectCode = RejectCode | "record.stale" | "collection.unknown";

export interface CommitResult {
  /** The studio's `seq` after this commit. */
  readonly seq: number;
  readonly results: readonly StepResult[];
}

/** A durable commit, as subscribers see it. Changes carry whole records. */
export interface PublishedCommit {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly changes: readonly Change[];
}

/** A record's own JSON text and the `seq` of its last change: made once, sent as it is. */
export interface StoredRecord {
  readonly seq: number;
  readonly collection: CollectionName;
  readonly id: string;
  readonly json: string;
}

/** A change whose record is JSON text; `json` is absent for a tombstone. */
export interface StoredChange {
  readonly seq: number;
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: ChangeOp;
  readonly json: string | undefined;
  readonly conflict: Conflict | undefined;
}

export interface StoredChangesPage {
  readonly changes: readonly StoredChange[];
  /** Where to go on. Equal to the store's `seq` when `more` is false. */
  readonly seq: number;
  readonly more: boolean;
}

/** What keeps a studio in good order beside the commits. */
export interface StoreUpkeep extends BlobUpkeep {
  /** What is kept and how much room it takes, measured now. */
  storageReport(): Promise<StorageReport>;
}

/**
 * Durable records and blobs of one studio. Guarantees, for every implementation:
 * a commit is acknowledged only when durable; what is not durable is not visible to reads, subscribers or feeds;
 * commits are applied whole or not at all, in the order of `seq`; nothing acknowledged is ever lost.
 */
export interface Store extends StoreUpkeep {
  /** Place of the last durable commit. */
  cursor(): Cursor;
  /** Rejects with a `StoreError`: `commit.rejected`, `store.full`, `store.read-only`, `store.closed`. */
  commit(request: CommitRequest): Promise<CommitResult>;

  /** `undefined` when there is no such record; one in the trash has `deletedAt`. */
  get<C extends CollectionName>(collection: C, id: string): RecordOf<C> | undefined;
  getJson(collection: CollectionName, id: string): StoredRecord | undefined;
  /** Durable records in no particular order, the trash included. Do not await while iterating. */
  scan<C extends CollectionName>(collection: C): Iterable<RecordOf<C>>;
  count(collection: CollectionName): number;
  /** The highest number that a counted collection has given (`jobs`: `lastJobId`), in `scope` where it has several. */
  lastNumber(collection: CollectionName, scope?: string): number;

  /**
   * The latest state of each record changed after `seq`, oldest change first, at most `limit`, never cutting one
   * commit's changes apart. `undefined`: the tombstones do not reach back that far, take a snapshot.
   */
  changesSince(seq: number, limit: number): StoredChangesPage | undefined;
  /** Every record as of now, newest change first, from `before` (exclusive) down. */
  snapshot(before?: number): {
    readonly cursor: Cursor;
    readonly total: number;
    records(): Iterable<StoredRecord>;
  };
  /** Called once per durable commit, in order. Returns `unsubscribe`. */
  subscribe(listener: (commit: PublishedCommit) => void): () => void;

  readonly blobs: BlobStore;
  readonly history: History;
  /** What happened to each job; removed when the job is purged. */
  readonly logs: LogStore;
  health(): StoreHealth;
  /** Resolves when every document on disk holds the state of this moment. */
  checkpoint(): Promise<void>;
  /** Checkpoints and releases everything. Later calls reject with `store.closed`. */
  close(): Promise<void>;
}
