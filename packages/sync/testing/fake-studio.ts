import {
  type AnyRecord,
  applyMutation,
  type Change,
  type ChangesPage,
  type Conflict,
  createOpenConflicts,
  type Cursor,
  definitionOf,
  formatCursor,
  jsonEqual,
  isCollectionName,
  parseCursor,
  type PushRequest,
  type PushResponse,
  type PushResult,
  type SnapshotLine,
} from "@safelight/shared";
import { interpretedValidator } from "@safelight/shared/record-validator";
import { blobReferences } from "../src/core/blob-references.ts";
import { TransportError } from "../src/transport-error.ts";

interface Stored {
  readonly seq: number;
  readonly collection: string;
  readonly record: AnyRecord | undefined;
}

interface ClientMemory {
  readonly lastN: number;
  readonly rejected: ReadonlyMap<number, PushResult>;
}

/** What a backup keeps. */
interface StudioState {
  readonly seq: number;
  readonly records: Map<string, Stored>;
  readonly clients: Map<string, ClientMemory>;
  /** Every version that a record had, for "never gone". */
  readonly versions: Map<string, AnyRecord[]>;
  /** Every change, in order of `seq`. */
  readonly log: { readonly seq: number; readonly key: string; readonly record: AnyRecord | undefined }[];
}

/** A studio in memory that follows the protocol to the letter, by the shared `applyMutation`. */
export interface FakeStudio {
  cursor(): Cursor;
  push(request: PushRequest): PushResponse;
  changes(since: string, limit: number): ChangesPage;
  snapshot(before?: number): SnapshotLine[];
  subscribe(listener: (changes: readonly Change[]) => void): () => void;
  /** Records that are not purged, by `collection/id`. */
  records(): ReadonlyMap<string, AnyRecord>;
  versionsOf(key: string): readonly AnyRecord[];
  /** A change by the server itself. */
  write(collection: string, id: string, set: Record<string, never> | AnyRecord | object): void;
  purge(key: string): void;
  /** Makes every record as it was after `seq`, by new changes; what was not there goes to the trash. */
  rollBack(seq: number): void;
  /** Cursors below the present one cannot be served from any more. */
  forgetTombstones(): void;
  backup(): () => void;
  putBlob(sha256: string, bytes: Blob): void;
  /** Hashes that a mutation referred to before their bytes were here. */
  bytesMissed(): readonly string[];
  /** How often each mutation took effect, by `clientId:n`. */
  effects(): ReadonlyMap<string, number>;
}

const NOW = "2026-01-01T00:00:00.000Z";

export function createFakeStudio(): FakeStudio {
  let epoch = 1;
  let oldest = 0;
  let state: StudioState = { seq: 0, records: new Map(), clients: new Map(), versions: new Map(), log: [] };
  const blobs = new Map<string, Blob>();
  const missed: string[] = [];
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const open = createOpenConflicts();
  const effects = new Map<string, number>();
  const cursor = (): Cursor => ({ epoch: `epoch-${epoch}`, seq: state.seq });

  function store(key: string, op: Change["op"], record: AnyRecord | undefined, conflict?: Conflict): number {
    const seq = state.seq + 1;
    const slash = key.indexOf("/");
    const collection = key.slice(0, slash);
    state = { ...state, seq };
    state.records.set(key, { seq, collection, record });
    state.log.push({ seq, key, record });
    const id = key.slice(slash + 1);
    open.note([{ seq, collection, id, op, ...(record && { record }), ...(conflict && { conflict }) }]);
    if (record !== undefined) state.versions.set(key, [...(state.versions.get(key) ?? []), record]);
    const change = {
      seq,
      collection,
      id: key.slice(slash + 1),
      op,
      ...(record === undefined ? {} : { record }),
    };
    for (const listener of listeners) listener([change]);
    return seq;
  }

  function pushOne(clientId: string, mutation: PushRequest["mutations"][number]): PushResult {
    const { n, ...rest } = mutation;
    const memory = state.clients.get(clientId) ?? { lastN: 0, rejected: new Map() };
    if (n <= memory.lastN) return memory.rejected.get(n) ?? { n, status: "duplicate", seq: state.seq };
    const remember = (rejected?: PushResult) =>
      state.clients.set(clientId, {
        lastN: n,
        rejected: rejected === undefined ? memory.rejected : new Map([...memory.rejected, [n, rejected]]),
      });
    if (!isCollectionName(rest.collection)) {
      const result: PushResult = {
        n,
        status: "rejected",
        code: "collection.unknown",
        path: "",
        message: "?",
      };
      remember(result);
      return result;
    }
    const key = `${rest.collection}/${rest.id}`;
    const outcome = applyMutation(definitionOf(rest.collection), state.records.get(key)?.record, rest, {
      actor: "client",
      now: NOW,
      validate: interpretedValidator,
    });
    if (outcome.kind === "rejected") {
      const { code, path, message } = outcome;
      const result: PushResult = { n, status: "rejected", code, path, message };
      remember(result);
      return result;
    }
    remember();
    for (const sha256 of blobReferences(rest.set)) if (!blobs.has(sha256)) missed.push(sha256);
    const effect = `${clientId}:${n}`;
    effects.set(effect, (effects.get(effect) ?? 0) + 1);
    if (outcome.kind === "unchanged") return { n, status: "applied", seq: state.seq };
    return { n, status: outcome.kind, seq: store(key, outcome.op, outcome.record, outcome.conflict) };
  }

  const inOrder = () => [...state.records].sort(([, a], [, b]) => a.seq - b.seq);

  return {
    cursor,
    push({ clientId, mutations, epoch: known }) {
      if (known !== undefined && known !== cursor().epoch) {
        throw new TransportError("snapshot-needed", "The studio was restored.");
      }
      const results = mutations.map((mutation) => pushOne(clientId, mutation));
      return { cursor: formatCursor(cursor()), results };
    },
    changes(since, limit) {
      const from = parseCursor(since);
      const at = cursor();
      if (from === undefined || from.epoch !== at.epoch || from.seq < oldest || from.seq > at.seq) {
        throw new TransportError("snapshot-needed", "Take a snapshot.");
      }
      const after = inOrder().filter(([, { seq }]) => seq > from.seq);
      const page = after.slice(0, limit);
      const more = page.length < after.length;
      return {
        cursor: formatCursor(more ? { ...at, seq: page.at(-1)?.[1].seq ?? at.seq } : at),
        more,
        changes: page.map(([key, { seq, collection, record }]) => {
          const id = key.slice(key.indexOf("/") + 1);
          const conflict = open.since(collection, id, from.seq);
          return {
            seq,
            collection,
            id,
            op: record === undefined ? "purge" : "update",
            ...(record === undefined ? {} : { record }),
            ...(conflict === undefined ? {} : { conflict }),
          };
        }),
      };
    },
    snapshot(before = Infinity) {
      const text = formatCursor(cursor());
      const held = inOrder()
        .toReversed()
        .filter(([, { seq }]) => seq <= before);
      const lines: SnapshotLine[] = held.flatMap(([, { seq, collection, record }]) => {
        if (record === undefined) return [];
        const conflict = open.since(collection, record.id, 0);
        return [{ type: "record" as const, seq, collection, record, ...(conflict && { conflict }) }];
      });
      return [{ type: "head", cursor: text, total: lines.length }, ...lines, { type: "end", cursor: text }];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    records: () =>
      new Map(
        [...state.records].flatMap(([key, { record }]): [string, AnyRecord][] =>
          record === undefined ? [] : [[key, record]],
        ),
      ),
    versionsOf: (key) => state.versions.get(key) ?? [],
    write(collection, id, set) {
      if (!isCollectionName(collection)) throw new Error(`No collection ${collection}.`);
      const key = `${collection}/${id}`;
      const current = state.records.get(key)?.record;
      const mutation = { collection, id, op: current === undefined ? "create" : "update", set } as const;
      const outcome = applyMutation(definitionOf(collection), current, mutation as never, {
        actor: "server",
        now: NOW,
      });
      if (outcome.kind === "applied" || outcome.kind === "merged") store(key, outcome.op, outcome.record);
    },
    purge(key) {
      if (state.records.get(key)?.record !== undefined) store(key, "purge", undefined);
    },
    rollBack(to) {
      const then = new Map(state.log.filter(({ seq }) => seq <= to).map(({ key, record }) => [key, record]));
      for (const key of new Set([...then.keys(), ...state.records.keys()])) {
        const now = state.records.get(key)?.record;
        const past = then.get(key);
        const rev = (now?.rev ?? 0) + 1;
        if (past !== undefined) {
          if (
            now === undefined ||
            !jsonEqual({ ...past, rev, updatedAt: NOW }, { ...now, rev, updatedAt: NOW })
          )
            store(key, "update", { ...past, rev, updatedAt: NOW });
        } else if (now !== undefined && now.deletedAt === undefined) {
          store(key, "delete", { ...now, rev, updatedAt: NOW, deletedAt: NOW });
        }
      }
    },
    forgetTombstones() {
      oldest = state.seq;
      for (const [key, { record }] of state.records) if (record === undefined) state.records.delete(key);
    },
    backup() {
      const kept = {
        seq: state.seq,
        records: new Map(state.records),
        clients: new Map(state.clients),
        versions: new Map(state.versions),
        log: [...state.log],
      };
      const keptEffects = [...effects];
      return () => {
        epoch += 1;
        state = kept;
        effects.clear();
        for (const [mutation, count] of keptEffects) effects.set(mutation, count);
        oldest = Math.min(oldest, state.seq);
        // A restored studio has been restarted: open streams notice.
        for (const listener of listeners) listener([]);
      };
    },
    putBlob: (sha256, bytes) => void blobs.set(sha256, bytes),
    bytesMissed: () => missed,
    effects: () => effects,
  };
}
