import {
  type AnyRecord,
  type ChangeOp,
  type CollectionName,
  type Conflict,
  definitionOf,
  isCollectionName,
  isJsonObject,
  type JsonObject,
} from "@safelight/shared";
import { advanceMark, type ClientMark, type Rejection } from "./client-mark.ts";
import { counterKey, familyOf, homeOf, numberOf, scopeOf } from "./document-homes.ts";
import type { Entry } from "./entry.ts";
import type { LoadedState } from "./store-state.ts";

/** What the documents hold, each up to its own `seq`. */
export interface ReplayBase {
  /** Per document, the `seq` up to which it is complete; 0 for one that is not here. */
  readonly completeTo: ReadonlyMap<string, number>;
  readonly entries: readonly Entry[];
  readonly counters: ReadonlyMap<string, number>;
  readonly marks: ReadonlyMap<string, ClientMark>;
  readonly marksCompleteTo: number;
  readonly tombstones: readonly Entry[];
  readonly tombstoneFloor: number;
}

/** A commit as far as a replay reads it. */
export interface ReplayedCommit {
  readonly seq: number;
  readonly mutation: JsonObject | undefined;
  readonly changes: readonly JsonObject[];
}

export interface ReplayResult {
  readonly state: LoadedState;
  /** Documents that lack changes of the journal, and must be written. */
  readonly behind: ReadonlySet<string>;
  readonly marksBehind: boolean;
  readonly tombstonesBehind: boolean;
  /** Changes that could not be taken, in words. */
  readonly refused: readonly string[];
}

const OPS: ReadonlySet<string> = new Set(["create", "update", "delete", "restore", "purge"]);

/** Brings what the documents hold up to the journal's end. Commits must come in the order of `seq`. */
export function replay(
  base: ReplayBase,
  commits: Iterable<ReplayedCommit>,
  head: { readonly seq: number; readonly savedAt: string | undefined },
): ReplayResult {
  const latest = new Map<CollectionName, Map<string, Entry>>();
  const latestOf = (collection: CollectionName) => {
    const known = latest.get(collection) ?? new Map<string, Entry>();
    latest.set(collection, known);
    return known;
  };
  const tombstones = new Map<string, Entry>();
  const counters = new Map(base.counters);
  const marks = new Map(base.marks);
  const behind = new Set<string>();
  const refused: string[] = [];
  let marksBehind = false;
  let tombstonesBehind = false;

  for (const entry of base.tombstones) tombstones.set(keyOf(entry), entry);
  for (const entry of base.entries) {
    const entries = latestOf(entry.collection);
    if ((entries.get(entry.id)?.seq ?? 0) <= entry.seq) entries.set(entry.id, entry);
  }
  for (const [key, buried] of tombstones) {
    const entries = latestOf(buried.collection);
    if ((entries.get(buried.id)?.seq ?? buried.seq) < buried.seq) entries.delete(buried.id);
    else if (entries.has(buried.id)) tombstones.delete(key);
  }

  for (const commit of commits) {
    if (commit.seq > base.marksCompleteTo && commit.mutation !== undefined) {
      const mark = markOf(commit.mutation, commit.seq, marks);
      if (mark === undefined) refused.push(`the client's mark of commit ${commit.seq}`);
      else marks.set(mark.clientId, mark.mark);
      marksBehind = true;
    }
    for (const change of commit.changes) {
      const entry = entryOf(change, commit.seq);
      if (entry === undefined) {
        refused.push(`a change of commit ${commit.seq}`);
        continue;
      }
      const key = keyOf(entry);
      const entries = latestOf(entry.collection);
      const held = entries.get(entry.id);
      if (entry.op === "purge") {
        // Purges apply whatever the document says of itself: a stale copy must not bring the record back.
        if (held !== undefined && held.seq <= entry.seq) {
          entries.delete(entry.id);
          behind.add(entry.home);
        }
        if (held === undefined || held.seq <= entry.seq) {
          if (tombstones.get(key)?.seq !== entry.seq) tombstonesBehind = true;
          tombstones.delete(key);
          tombstones.set(key, entry);
        }
        continue;
      }
      if (entry.seq <= (base.completeTo.get(entry.home) ?? 0)) continue;
      behind.add(entry.home);
      raiseCounter(counters, entry, change["record"]);
      if ((held?.seq ?? 0) > entry.seq || (tombstones.get(key)?.seq ?? 0) > entry.seq) continue;
      tombstones.delete(key);
      entries.set(entry.id, entry);
    }
  }

  return {
    state: {
      ...head,
      entries: latest,
      tombstones: [...tombstones.values()],
      tombstoneFloor: base.tombstoneFloor,
      counters,
      marks,
      homes: base.completeTo.keys(),
    },
    behind,
    marksBehind,
    tombstonesBehind,
    refused,
  };
}

/** The entry of a change as the journal holds it; `undefined` when it names no place that is safe. */
export function entryOf(change: JsonObject, seq: number): Entry | undefined {
  const { collection, id, op, record, conflict, document } = change;
  if (typeof collection !== "string" || !isCollectionName(collection)) return undefined;
  if (typeof id !== "string" || typeof op !== "string" || !OPS.has(op)) return undefined;
  const purged = op === "purge";
  if (!purged && (!isJsonObject(record) || record["id"] !== id)) return undefined;
  const home = purged ? document : homeOf(collection, record as AnyRecord);
  if (typeof home !== "string" || familyOf(home) === undefined) return undefined;
  return newEntry({
    seq,
    collection,
    id,
    op: op as ChangeOp,
    json: purged ? undefined : JSON.stringify(record),
    conflict: isJsonObject(conflict) ? (conflict as Conflict) : undefined,
    home,
  });
}

/** An entry that nothing has read or replaced yet. */
export function newEntry(fields: Omit<Entry, "isChecked" | "superseded" | "parsed">): Entry {
  return { ...fields, isChecked: false, superseded: false, parsed: undefined };
}

function raiseCounter(counters: Map<string, number>, entry: Entry, record: unknown): void {
  if (!isJsonObject(record)) return;
  const number = numberOf(definitionOf(entry.collection), record as AnyRecord);
  const scope = scopeOf(entry.collection, record);
  if (number === undefined || scope === undefined) return;
  const key = counterKey(entry.collection, scope);
  if (number > (counters.get(key) ?? 0)) counters.set(key, number);
}

function markOf(
  mutation: JsonObject,
  seq: number,
  marks: ReadonlyMap<string, ClientMark>,
): { readonly clientId: string; readonly mark: ClientMark } | undefined {
  const { clientId, n, rejected } = mutation;
  if (typeof clientId !== "string" || typeof n !== "number") return undefined;
  return { clientId, mark: advanceMark(marks.get(clientId), n, seq, rejectionsOf(rejected)) };
}

/** Rejections as the journal or `clients.json` holds them; what is none is left out. */
export function rejectionsOf(value: unknown): readonly Rejection[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (item): item is Rejection =>
      isJsonObject(item) &&
      typeof item["n"] === "number" &&
      typeof item["code"] === "string" &&
      typeof item["path"] === "string" &&
      typeof item["message"] === "string",
  );
}

function keyOf(entry: Entry): `${CollectionName}/${string}` {
  return `${entry.collection}/${entry.id}`;
}
