import { jsonEqual, type JsonObject } from "../json.ts";
import type { Change, Conflict } from "./change.ts";

/** Conflicts that no later change has decided: a client that hears only of a record's latest state hears of them with it. */
export interface OpenConflicts {
  /** Takes in the changes in their order. */
  note(changes: readonly Change[]): void;
  /** Of the record, those that arose after `seq`, as one; its own `seq` is that of the last of them. */
  since(collection: string, id: string, seq: number): (Conflict & { readonly seq: number }) | undefined;
  isEmpty(): boolean;
}

interface OpenConflict {
  readonly seq: number;
  readonly lost: JsonObject;
  /** What stands in the fields of `lost` as long as it is open. */
  readonly won: JsonObject;
}

/** Records with an open conflict that are remembered; beyond them the oldest are left to the history. */
const MOST_RECORDS = 2000;

export function createOpenConflicts(): OpenConflicts {
  const open = new Map<string, readonly OpenConflict[]>();

  function noteOne({ seq, collection, id, record, conflict }: Change): void {
    const key = `${collection}/${id}`;
    const held = open.get(key);
    if (held === undefined && conflict === undefined) return;
    open.delete(key);
    if (record === undefined) return;
    const left = (held ?? []).flatMap((each) => stillOpen(each, record));
    if (conflict !== undefined) left.push(openConflict(seq, conflict.lost, record));
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

function openConflict(seq: number, lost: JsonObject, record: JsonObject): OpenConflict {
  return {
    seq,
    lost,
    won: Object.fromEntries(Object.keys(lost).map((name) => [name, record[name] ?? null])),
  };
}

/** What is left of a conflict now that the record is so: a field that has moved on is decided, and so is the trash. */
function stillOpen({ seq, lost, won }: OpenConflict, record: JsonObject): readonly OpenConflict[] {
  const names = Object.keys(lost);
  if (names.length === 0) return record["deletedAt"] === undefined ? [] : [{ seq, lost, won }];
  const left = names.filter((name) => jsonEqual(record[name] ?? null, won[name]));
  if (left.length === 0) return [];
  const of = (values: JsonObject) => Object.fromEntries(left.map((name) => [name, values[name] ?? null]));
  return [{ seq, lost: of(lost), won: of(won) }];
}
