import type { AnyRecord, ApplyContext, Change, Cursor, Json } from "@safelight/shared";
import type { StoreError } from "../store-error.ts";
import type { CommitResult, PublishedCommit, Store } from "../store.ts";
import { createCommitQueue, type WriteBatch } from "./commit-queue.ts";
import { counterKey } from "./document-homes.ts";
import type { Entry } from "./entry.ts";
import { createRecordCache } from "./record-cache.ts";
import { createStaging, type StagedCommit, type StagedRequest } from "./staging.ts";
import type { StoreState } from "./store-state.ts";

/** The part of a `Store` that is the same for every backend: reads, staging, order and visibility. */
export type RecordStore = Pick<
  Store,
  "cursor" | "get" | "getJson" | "scan" | "count" | "lastNumber" | "changesSince" | "snapshot" | "subscribe"
> & {
  commit(request: StagedRequest): Promise<CommitResult>;
  /** Resolves when no commit is on its way. */
  idle(): Promise<void>;
};

export interface RecordStoreOptions {
  readonly state: StoreState;
  readonly epoch: string;
  readonly validate: NonNullable<ApplyContext["validate"]>;
  /** Current time in epoch ms. */
  readonly now: () => number;
  readonly write: WriteBatch;
  /** The error that a commit gets now instead of being taken; `undefined` while it is welcome. */
  readonly refusal: (isOwn: boolean) => StoreError | undefined;
  /** Called after a commit is in the state, before its subscribers, with the states that it replaced. */
  readonly onApplied?: (commit: StagedCommit, replaced: readonly (Entry | undefined)[]) => void;
  readonly onSubscriberError: (error: unknown) => void;
  readonly maxCommitLength: number;
}

/** Parsed records kept beside their text. */
const PARSED_RECORDS = { read: 20_000, written: 256 };

export function createRecordStore(options: RecordStoreOptions): RecordStore {
  const { state, epoch, now, refusal } = options;
  const cache = createRecordCache(PARSED_RECORDS);
  const staging = createStaging({
    state,
    cache,
    validate: options.validate,
    maxCommitLength: options.maxCommitLength,
  });
  const listeners = new Set<(commit: PublishedCommit) => void>();
  const queue = createCommitQueue({ write: options.write, publish, discard: () => staging.discard() });

  function publish(commit: StagedCommit): void {
    const { effect } = commit;
    if (effect === undefined) return;
    state.apply(effect);
    staging.settle(commit);
    options.onApplied?.(commit, effect.replaced);
    if (listeners.size === 0) return;
    const published: PublishedCommit = {
      seq: effect.seq,
      at: effect.at,
      by: commit.by,
      changes: effect.entries.map((entry) => changeOf(entry, cache.read(entry))),
    };
    for (const listener of listeners) {
      try {
        listener(published);
      } catch (error) {
        // A listener's fault must not undo what is durable, nor keep it from the others.
        options.onSubscriberError(error);
      }
    }
  }

  let lastMs = Number.NaN;
  let lastIso = "";

  /** The current time as text, made once per millisecond. */
  function nowIso(): string {
    const nowMs = now();
    if (nowMs !== lastMs) {
      lastMs = nowMs;
      lastIso = new Date(nowMs).toISOString();
    }
    return lastIso;
  }

  /** Without `await`: each promise in between is a turn that every commit of a batch has to take. */
  function commit(request: StagedRequest): Promise<CommitResult> {
    const refused = refusal(request.own === true);
    if (refused !== undefined) return Promise.reject(refused);
    try {
      return queue.push(staging.stage(request, nowIso()));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  const cursor = (): Cursor => ({ epoch, seq: state.seq });

  return {
    cursor,
    commit,
    get: (collection, id) => cache.read(state.entry(collection, id)),
    getJson(collection, id) {
      const entry = state.entry(collection, id);
      return entry?.json === undefined ? undefined : { seq: entry.seq, collection, id, json: entry.json };
    },
    *scan(collection) {
      for (const entry of state.entries(collection).values()) {
        const record = cache.read(entry);
        if (record !== undefined) yield record;
      }
    },
    count: (collection) => state.entries(collection).size,
    lastNumber: (collection, scope = "") => state.counter(counterKey(collection, scope)),
    changesSince: (seq, limit) => state.changesSince(seq, limit),
    snapshot: (before) => ({ cursor: cursor(), ...state.snapshot(before) }),
    subscribe(listener) {
      const own = (commit: PublishedCommit) => listener(commit);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    idle: () => queue.idle(),
  };
}

function changeOf(entry: Entry, record: AnyRecord | undefined): Change {
  const { seq, collection, id, op, conflict } = entry;
  return {
    seq,
    collection,
    id,
    op,
    ...(record !== undefined && { record: record satisfies { readonly [name: string]: Json } }),
    ...(conflict !== undefined && { conflict }),
  };
}
