import { type Change, parseCursor } from "@safelight/shared";
import { markConflicts } from "../core/conflict-marks.ts";
import { isRecord } from "../core/parse-answer.ts";
import { isCaughtUp } from "../core/plan-settlement.ts";
import type { OutboxRow } from "../core/outbox-row.ts";
import type { SyncState } from "../core/sync-state.ts";
import type { BaseRow, Tables } from "../ports.ts";
import type { Delta } from "./delta.ts";
import type { Mirror } from "./mirror.ts";
import type { LeaderContext } from "./leader.ts";
import { onTop } from "./on-top.ts";
import { ackedEntry } from "./push-step.ts";

/**
 * Takes the changes between two cursors into the base, moves its cursor and lets go of the rows that it now holds, in
 * one transaction. What is not newer than the base, or does not join it, has no effect: a second leader, a late page
 * and a repeated event are harmless. `false`: it does not join, and what follows it will not either. Another leader may
 * have begun a snapshot, which nothing is to be laid over, or ended one.
 */
export async function applyFeed(
  { mirror, upkeep }: Pick<LeaderContext, "mirror" | "upkeep">,
  fromText: string,
  toText: string,
  changes: readonly Change[],
): Promise<boolean> {
  const from = parseCursor(fromText);
  const to = parseCursor(toText);
  if (from === undefined || to === undefined || from.epoch !== to.epoch) return true;
  let joins = true;
  const isMany = changes.length >= upkeep.packFrom;
  await mirror.commit(
    ["base", "outbox", "acked", ...(isMany ? (["packs"] as const) : [])],
    async (tables, state) => {
      const at = state.cursor === undefined ? undefined : parseCursor(state.cursor);
      joins = at?.epoch === to.epoch && at.seq >= from.seq && state.snapshot === undefined;
      if (at === undefined || !joins || to.seq <= at.seq) return undefined;
      const fresh = changes.filter(({ seq }) => seq > at.seq);
      const moved = { cursor: toText, conflicts: markConflicts(state.conflicts ?? {}, fresh) };
      const put = new Map<string, BaseRow>();
      for (const { collection, id, record, seq } of fresh) {
        const row = { collection, id, order: -seq, generation: state.generation };
        // A purged record keeps an empty row: a pack may still hold it.
        put.set(`${collection}/${id}`, isRecord(record) ? { ...row, record } : row);
      }
      return {
        state: moved,
        base: { put: [...put] },
        ...lettingGo(mirror.view.rows(), toText),
        ...(isMany ? await packed(tables, state, moved, put) : {}),
      };
    },
    { mode: "cache" },
  );
  return joins;
}

/** Many changes at once are a pack on top: one row costs a database what a thousand would. */
async function packed(
  tables: Tables,
  state: SyncState,
  moved: Partial<SyncState>,
  rows: ReadonlyMap<string, BaseRow>,
): Promise<Pick<Delta, "state" | "base" | "packs">> {
  const live = [...rows.values()].flatMap(({ collection, record }) =>
    record === undefined ? [] : [{ collection, record }],
  );
  const { repacked, put } = await onTop(tables, state, live.toReversed());
  return {
    state: { ...moved, repacked },
    base: {
      put: [...rows].filter(([, { record }]) => record === undefined),
      // A row of before would stand above the pack.
      drop: (await tables.base.keys()).filter((key) => rows.get(key)?.record !== undefined),
    },
    packs: { put },
  };
}

/** Lets go of rows whose acknowledgement the base had already reached. */
export async function dropCaughtUp(mirror: Mirror): Promise<void> {
  const { cursor } = mirror.state();
  if (!mirror.view.rows().some((row) => isCaughtUp(row, cursor))) return;
  await mirror.commit(
    ["outbox", "acked"],
    async (_tables, state) => lettingGo(mirror.view.rows(), state.cursor),
    { mode: "cache" },
  );
}

/**
 * Rows that the base at `cursor` holds, all at once: an older one that stayed longer would cover what a newer one did.
 */
export function lettingGo(
  rows: readonly OutboxRow[],
  cursor: string | undefined,
): Pick<Delta, "outbox" | "acked"> {
  const done = rows.filter((row) => isCaughtUp(row, cursor));
  if (done.length === 0) return {};
  return { outbox: { drop: done.map(({ n }) => n) }, acked: { put: done.map(ackedEntry) } };
}
