import type { JsonObject } from "../json.ts";
import type { Change, Conflict } from "./change.ts";
import { type ConflictMark, markConflict, openPartOf } from "./conflict-mark.ts";

/** Conflicts that no later change has decided: a client that hears only of a record's latest state hears of them with it. */
export interface OpenConflicts {
  /** Takes in the changes in their order. */
  note(changes: readonly Change[]): void;
  /**
   * Takes in one from before everything that was noted, of a record that is now so. Where a field has moved on since it is decided; one
   * that has come back to what it was counts as open.
   */
  recall(change: Omit<Change, "op">, now: JsonObject | undefined): void;
  /** Of the record, those that arose after `seq`, as one; its own `seq` is that of the last of them. */
  since(collection: string, id: string, seq: number): (Conflict & { readonly seq: number }) | undefined;
  isEmpty(): boolean;
}

/** Records with an open conflict that are remembered; beyond them the oldest are left to the history. */
const MOST_RECORDS = 2000;

export function createOpenConflicts(): OpenConflicts {
  const open = new Map<string, readonly ConflictMark[]>();

  function noteOne({ seq, collection, id, record, conflict }: Change): void {
    const key = `${collection}/${id}`;
    const held = open.get(key);
    if (held === undefined && conflict === undefined) return;
    open.delete(key);
    if (record === undefined) return;
    const left = (held ?? []).flatMap((each) => openPartOf(each, record) ?? []);
    if (conflict !== undefined) left.push(markConflict(seq, conflict.lost, record));
    if (left.length > 0) open.set(key, left);
  }

  return {
    note(changes) {
      for (const change of changes) noteOne(change);
      for (const key of open.keys()) {
        if (open.size <= MOST_RECORDS) break;
        open.delete(key);
      }
    },
    recall({ seq, collection, id, record, conflict }, now) {
      const key = `${collection}/${id}`;
      const held = open.get(key) ?? [];
      if (conflict === undefined || record === undefined || now === undefined) return;
      if (open.size >= MOST_RECORDS) return;
      const left = openPartOf(markConflict(seq, conflict.lost, record), now);
      if (left !== undefined)
        open.set(
          key,
          [...held, left].sort((a, b) => a.seq - b.seq),
        );
    },
    since(collection, id, seq) {
      const list = (open.get(`${collection}/${id}`) ?? []).filter((each) => each.seq > seq);
      const last = list.at(-1);
      if (last === undefined) return undefined;
      // What lost first is what its writer looks for.
      const lost: JsonObject = Object.assign({}, ...list.toReversed().map((each) => each.lost));
      return { lost, seq: last.seq };
    },
    isEmpty: () => open.size === 0,
  };
}
