import { setImmediate as nextTurn } from "node:timers/promises";
import type { AnyRecord, CollectionName } from "@safelight/shared";
import { type PlannedMutation, type StagedView, type Store, StoreError } from "@safelight/store";
import type { Backup, Backups } from "../../backups/backups.ts";
import type { CollectedState } from "../../backups/collect-state.ts";
import { ProblemError } from "../../problem-error.ts";
import { isAtWork } from "../../records/is-at-work.ts";
import {
  type ClearLog,
  findClearLog,
  noteDone,
  type PlannedSlice,
  readClearLog,
  startClearLog,
} from "./clear-log.ts";
import { KEPT_COLLECTIONS } from "./kept-collections.ts";

/** What a clear did. */
export interface Cleared {
  readonly backup: Backup;
  /** The studio's place after it; names the clear when it is undone. */
  readonly seq: number;
  /** Records that went to the trash, by collection. */
  readonly cleared: Record<string, number>;
  readonly total: number;
  /** Records that stayed: jobs still at work, and what somebody changed while the backup was made. */
  readonly kept: { readonly jobsAtWork: number; readonly changedMeanwhile: number };
}

/** What undoing it did. */
export interface Undone {
  readonly backup: string;
  readonly restored: number;
  /** Records that the trash does not have any more; the backup does. */
  readonly purged: number;
  /** Records that are back already, or were deleted anew since. */
  readonly untouched: number;
}

export interface Clearing {
  /**
   * Backs everything up, verifies the backup, then moves the records to the trash in commits of bounded size, all but
   * settings and what was spent. When the backup cannot be made, nothing is cleared: `backup.unverified`, `backup.running`, `clear.running`, `store.full`.
   */
  clear(): Promise<Cleared>;
  /** Restores exactly what a clear deleted, however often it is asked. Throws a `ProblemError` 404 `clear.missing`. */
  undo(which: { readonly backup: string } | { readonly seq: number }): Promise<Undone>;
}

export interface ClearingOptions {
  readonly store: Store;
  readonly backups: Backups;
  readonly now: () => Date;
}

interface LiveRecord {
  readonly collection: CollectionName;
  readonly id: string;
  readonly rev: number;
}

const SLICE_RECORDS = 500;
/** A deletion writes the whole record: long ones make short slices. In UTF-16 units. */
const SLICE_LENGTH = 4 * 1024 * 1024;

export function createClearing({ store, backups, now }: ClearingOptions): Clearing {
  const { folder } = backups;
  let isRunning = false;

  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (isRunning)
      throw new ProblemError(409, "clear.running", "A clear or its undoing is under way; wait for it.");
    isRunning = true;
    try {
      return await work();
    } finally {
      isRunning = false;
    }
  }

  async function clear(): Promise<Cleared> {
    const { backup, state } = await backups.make();
    const { slices, jobsAtWork } = await planSlices(state);
    const log: PlannedSlice[] = slices.map((slice, at) => ({
      slice: at,
      plannedAt: now().toISOString(),
      items: slice.map(({ collection, id }) => [collection, id]),
    }));
    await startClearLog(folder, backup.name, log).catch(throwFull);
    const cleared: Record<string, number> = {};
    const kept = { jobsAtWork, changedMeanwhile: 0 };
    let { seq } = backup;
    for (const [at, slice] of slices.entries()) {
      let asked: readonly LiveRecord[] = [];
      const commit = await store.commit({
        by: `clear:${backup.name}`,
        actor: "server",
        atomicity: "each",
        steps: (staged) => {
          asked = slice.filter((record) => isUnchanged(staged, record));
          return asked.map(({ collection, id, rev }) => ({ collection, id, op: "delete", ifRev: rev }));
        },
      });
      ({ seq } = commit);
      let deletedAt: string | undefined;
      let gone = 0;
      for (const [step, result] of commit.results.entries()) {
        const collection = asked[step]?.collection;
        if (result.status !== "applied" || collection === undefined) continue;
        cleared[collection] = (cleared[collection] ?? 0) + 1;
        deletedAt = result.record?.deletedAt;
        gone += 1;
      }
      kept.changedMeanwhile += slice.length - gone;
      const done = { done: at, seq, ...(deletedAt === undefined ? {} : { deletedAt }) };
      await noteDone(folder, backup.name, done).catch(() => {
        // The plan is on disk already; undoing then goes by the time of it.
      });
    }
    const total = Object.values(cleared).reduce((sum, count) => sum + count, 0);
    return { backup, seq, cleared, total, kept };
  }

  async function undo(which: { readonly backup: string } | { readonly seq: number }): Promise<Undone> {
    const log =
      "backup" in which ? await readClearLog(folder, which.backup) : await findClearLog(folder, which.seq);
    if (log === undefined) {
      throw new ProblemError(
        404,
        "clear.missing",
        "There was no such clear; GET /api/backups lists the backups.",
      );
    }
    return restore(log);
  }

  async function restore(log: ClearLog): Promise<Undone> {
    let restored = 0;
    let purged = 0;
    let asked = 0;
    for (const slice of log.planned) {
      asked += slice.items.length;
      purged += slice.items.filter(([collection, id]) => store.get(collection, id) === undefined).length;
      const { results } = await store.commit({
        by: `undo-clear:${log.backup}`,
        actor: "server",
        atomicity: "each",
        steps: (staged) => restorations(staged, slice, log),
      });
      restored += results.filter(({ status }) => status === "applied").length;
    }
    return { backup: log.backup, restored, purged, untouched: asked - restored - purged };
  }

  return { clear: () => alone(clear), undo: (which) => alone(() => undo(which)) };
}

/** The live records of a backup that may go, in slices; jobs at work are left out and counted. */
async function planSlices(
  state: CollectedState,
): Promise<{ readonly slices: readonly (readonly LiveRecord[])[]; readonly jobsAtWork: number }> {
  const slices: LiveRecord[][] = [];
  let slice: LiveRecord[] = [];
  let length = 0;
  let jobsAtWork = 0;
  for (const [collection, records] of state.records) {
    if (KEPT_COLLECTIONS.has(collection)) continue;
    for (const [at, { id, json }] of records.entries()) {
      if (at % SLICE_RECORDS === 0) await nextTurn();
      const record = JSON.parse(json) as AnyRecord;
      if (record.deletedAt !== undefined) continue;
      if (isAtWork(collection, record)) {
        jobsAtWork += 1;
        continue;
      }
      if (slice.length >= SLICE_RECORDS || (slice.length > 0 && length + json.length > SLICE_LENGTH)) {
        slices.push(slice);
        slice = [];
        length = 0;
      }
      slice.push({ collection, id, rev: record.rev });
      length += json.length;
    }
  }
  if (slice.length > 0) slices.push(slice);
  return { slices, jobsAtWork };
}

/** Whether it is as the backup has it: a change that came meanwhile is in no backup yet. */
function isUnchanged(staged: StagedView, { collection, id, rev }: LiveRecord): boolean {
  const record: AnyRecord | undefined = staged.get(collection, id);
  return record !== undefined && record.deletedAt === undefined && record.rev === rev;
}

function restorations(staged: StagedView, slice: PlannedSlice, log: ClearLog): readonly PlannedMutation[] {
  const done = log.done.get(slice.slice);
  return slice.items.flatMap(([collection, id]) => {
    const record: AnyRecord | undefined = staged.get(collection, id);
    const deletedAt = record?.deletedAt;
    if (deletedAt === undefined) return [];
    // Without the note that a crash prevented, what was planned and is deleted since was deleted by it.
    const isOurs = done === undefined ? deletedAt >= slice.plannedAt : deletedAt === done.deletedAt;
    return isOurs ? [{ collection, id, op: "restore" as const }] : [];
  });
}

function throwFull(error: unknown): never {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  throw code === "ENOSPC" || code === "EDQUOT" ? new StoreError("store.full", { cause: error }) : error;
}
