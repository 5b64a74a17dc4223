import { valuesOf } from "@safelight/shared";
import {
  baseKeyOf,
  canCoalesce,
  coalesce,
  holdUntil,
  type LocalMutation,
  type OutboxRow,
} from "../core/outbox-row.ts";
import { backoffMs } from "../core/backoff.ts";
import type { Unkept } from "../core/status.ts";
import type { Clock, TableName, Tables } from "../ports.ts";
import { readRecord } from "./base-layers.ts";
import type { Mirror } from "./mirror.ts";
import { FIRST_PROVISIONAL_N, isProvisional } from "./provisional-n.ts";

/** Takes writes: on screen at once, in the outbox in one transaction, and never given up. */
export interface Writer {
  write(mutation: LocalMutation): Promise<void>;
  /** Writes that are not on disk. */
  pending(): number;
  /** Why the disk does not take them. */
  unkept(): Unkept | undefined;
  /** Rows in memory alone, for a file. */
  pendingRows(): readonly OutboxRow[];
  retry(): void;
  close(): Promise<void>;
}

export interface WriterOptions {
  readonly mirror: Mirror;
  readonly clock: Clock;
  readonly random: () => number;
  /** Makes room on a full disk. */
  readonly makeRoom: () => Promise<void>;
  readonly onWritten: () => void;
  readonly onStatus: () => void;
}

interface PendingRow {
  readonly row: OutboxRow;
  /** The record was not in memory yet: what it held is read from the disk. */
  readonly unseen: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function createWriter(options: WriterOptions): Writer {
  const { mirror, clock, random, makeRoom, onWritten, onStatus } = options;
  const { view } = mirror;
  const lastEditMs = new Map<string, number>();
  let waiting: PendingRow[] = [];
  let isFlushing = false;
  let flushed = Promise.resolve();
  let provisionalN = FIRST_PROVISIONAL_N;
  let failures = 0;
  let roomTried = false;
  let reason: Unkept | undefined;
  let cancelRetry: (() => void) | undefined;

  async function flush(): Promise<void> {
    try {
      while (waiting.length > 0) {
        try {
          await keep();
        } catch (error) {
          if (isFull(error) && (await roomWasMade())) continue;
          failed([...waiting], error);
          return;
        }
        onWritten();
      }
    } finally {
      // In the turn that found nothing waiting: a write of the very next one has to begin anew.
      isFlushing = false;
      onStatus();
    }
  }

  async function roomWasMade(): Promise<boolean> {
    if (roomTried) return false;
    roomTried = true;
    try {
      await makeRoom();
      return true;
    } catch {
      // A disk that cannot even be cleared: the first failure says why.
      return false;
    }
  }

  function failed(batch: readonly PendingRow[], error: unknown): void {
    failures += 1;
    roomTried = false;
    reason = storageTrouble(error);
    for (const { reject } of batch) reject(error);
    cancelRetry?.();
    cancelRetry = clock.after(backoffMs(failures, random()), start);
    onStatus();
  }

  function start(): void {
    if (isFlushing) return;
    isFlushing = true;
    flushed = flush();
  }

  /** Keeps what waits when the transaction begins, the first row at least. */
  async function keep(): Promise<void> {
    const isBaseNeeded = waiting.some(({ unseen }) => unseen);
    const names: TableName[] = isBaseNeeded ? ["outbox", "base", "packs"] : ["outbox"];
    let batch: readonly PendingRow[] = [];
    await mirror.commit(
      names,
      async (tables, state) => {
        // Asked for after the transaction was: what it does not cover is the next one's.
        const beyond = isBaseNeeded ? -1 : waiting.findIndex(({ unseen }) => unseen);
        batch = beyond === -1 ? [...waiting] : waiting.slice(0, beyond);
        const tails = await lastRowsOnDisk(tables, batch);
        const put = new Map<number, OutboxRow>();
        let { nextN } = state;
        for (const { row: draft, unseen } of batch) {
          const key = baseKeyOf(draft.mutation);
          const tail = tails.get(key);
          const row = unseen ? await withWas(tables, draft) : draft;
          const placed =
            tail !== undefined && canCoalesce(tail, row) ? coalesce(tail, row) : { ...row, n: nextN };
          if (placed.n === nextN) nextN += 1;
          tails.set(key, placed);
          put.set(placed.n, placed);
        }
        return { state: { nextN }, outbox: { put: [...put] } };
      },
      {
        also() {
          for (const { row } of batch) view.dropRow(row.n);
          waiting = waiting.slice(batch.length);
          failures = 0;
          roomTried = false;
          reason = undefined;
          for (const { resolve } of batch) resolve();
        },
      },
    );
  }

  /** The last row of each record of the batch, as far as this tab has seen one. */
  async function lastRowsOnDisk(
    tables: Tables,
    batch: readonly PendingRow[],
  ): Promise<Map<string, OutboxRow>> {
    const keys = new Set(batch.map(({ row }) => baseKeyOf(row.mutation)));
    const lowest = Math.min(
      ...[...keys]
        .flatMap((key) =>
          view
            .rowsOf(key)
            .filter(({ n }) => !isProvisional(n))
            .slice(-1),
        )
        .map(({ n }) => n),
    );
    const tails = new Map<string, OutboxRow>();
    if (!Number.isFinite(lowest)) return tails;
    for (const [, row] of await tables.outbox.page({ from: lowest })) {
      if (keys.has(baseKeyOf(row.mutation))) tails.set(baseKeyOf(row.mutation), row);
    }
    return tails;
  }

  return {
    write(mutation) {
      const atMs = clock.now();
      const key = baseKeyOf(mutation);
      const holdUntilMs = mutation.op === "update" ? holdUntil(lastEditMs.get(key), atMs) : undefined;
      if (lastEditMs.size > 1000) lastEditMs.clear();
      lastEditMs.set(key, atMs);
      provisionalN += 1;
      const row: OutboxRow = {
        n: provisionalN,
        mutation,
        atMs,
        sent: false,
        ...(holdUntilMs === undefined ? {} : { holdUntilMs }),
      };
      const unseen = mutation.op === "update" && mutation.was === undefined;
      const durable = new Promise<void>((resolve, reject) => {
        waiting.push({ row, unseen, resolve, reject });
      });
      // Who does not wait for it sees the failure in the status.
      durable.catch(() => undefined);
      // The disk works while the view and its listeners do; what else is written before it answers joins this row.
      start();
      view.putRow(row);
      mirror.publish(key);
      return durable;
    },
    pending: () => waiting.length,
    unkept: () => reason,
    pendingRows: () => waiting.map(({ row }) => row),
    retry() {
      if (waiting.length > 0) start();
    },
    async close() {
      cancelRetry?.();
      await flushed;
    },
  };
}

/** The `was` of an edit of a record that only the disk has. */
async function withWas(tables: Tables, row: OutboxRow): Promise<OutboxRow> {
  const held = await readRecord(tables, baseKeyOf(row.mutation));
  if (held === undefined) return row;
  return { ...row, mutation: { ...row.mutation, was: valuesOf(held, Object.keys(row.mutation.set ?? {})) } };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === "QuotaExceededError";
}

/** Why the disk does not take what it should, in words for its owner. */
export function storageTrouble(error: unknown): Unkept {
  if (isFull(error))
    return { cause: "full", reason: "The space that this browser gives to pages is used up." };
  const why = error instanceof Error && error.message !== "" ? `: ${error.message}` : ".";
  return { cause: "broken", reason: `This browser's storage does not work${why}` };
}
