import type { ChangeOp, CollectionName } from "@safelight/shared";
import type { PastRecord } from "../../history.ts";
import type { Entry } from "../entry.ts";
import { keyOf, type PastSegment } from "./history-source.ts";
import { lastChanges } from "./record-version.ts";

export interface PastStateRequest {
  readonly seq: number;
  readonly collection: CollectionName | undefined;
  /** Latest states as of now: some may be newer than what the segments hold. */
  readonly present: Iterable<Pick<Entry, "collection" | "id" | "seq" | "op">>;
}

/** What became of the records that changed after a moment. Keys are `collection/id`. */
export interface PastState {
  /** Not there at the moment. */
  readonly absent: ReadonlySet<string>;
  /** The `seq` of the version that each had. */
  readonly versions: ReadonlyMap<string, number>;
  /** Their state is not known any more. */
  readonly unknown: ReadonlySet<string>;
}

/**
 * Finds where the states of a moment stand. Keeps one number per record that changed since, and no records. Segments must
 * reach back to the moment.
 */
export async function findPastState(
  segments: readonly PastSegment[],
  { seq, collection, present }: PastStateRequest,
): Promise<PastState> {
  const firstOps = new Map<string, ChangeOp>();
  for (const segment of segments) {
    if (segment.to <= seq) continue;
    for await (const commit of segment.commits({ strict: true })) {
      if (commit.seq <= seq) continue;
      for (const change of commit.changes) {
        if (collection !== undefined && change.collection !== collection) continue;
        const key = keyOf(change);
        if (!firstOps.has(key)) firstOps.set(key, change.op);
      }
    }
  }
  for (const entry of present) {
    if (entry.seq <= seq) continue;
    const key = keyOf(entry);
    if (!firstOps.has(key)) firstOps.set(key, entry.op);
  }

  const absent = new Set<string>();
  const unknown = new Set<string>();
  // A record that is created was not there before, or had been purged.
  for (const [key, op] of firstOps) (op === "create" ? absent : unknown).add(key);
  const versions = new Map<string, number>();
  for (const segment of segments.toReversed()) {
    if (segment.from > seq) continue;
    if (unknown.size === 0) break;
    const here = new Map<string, number>();
    for await (const commit of segment.commits({ strict: true })) {
      if (commit.seq > seq) break;
      for (const change of lastChanges(commit)) {
        const key = keyOf(change);
        if (!unknown.has(key)) continue;
        here.set(key, change.op === "purge" ? 0 : commit.seq);
      }
    }
    for (const [key, found] of here) {
      unknown.delete(key);
      if (found === 0) absent.add(key);
      else versions.set(key, found);
    }
  }
  return { absent, versions, unknown };
}

/** The records themselves, oldest version first. */
export async function* readPastRecords(
  segments: readonly PastSegment[],
  versions: ReadonlyMap<string, number>,
): AsyncGenerator<PastRecord, void, undefined> {
  const seqs = [...new Set(versions.values())].sort((a, b) => a - b);
  for (const segment of segments) {
    const last = seqs.findLast((seq) => seq <= segment.to);
    if (last === undefined || last < segment.from) continue;
    for await (const commit of segment.commits({ strict: true })) {
      if (commit.seq > last) break;
      for (const { collection, id, record } of lastChanges(commit)) {
        if (record === undefined || versions.get(`${collection}/${id}`) !== commit.seq) continue;
        yield { collection, id, seq: commit.seq, record };
      }
    }
  }
}
