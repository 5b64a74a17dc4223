import type { AnyRecord, ChangeOp, CollectionName, Conflict } from "@safelight/shared";

/** One change of a past commit. */
export interface PastChange {
  readonly collection: CollectionName;
  readonly id: string;
  readonly op: ChangeOp;
  readonly fields: readonly string[];
  /** `undefined` for a purge. */
  readonly record: AnyRecord | undefined;
  readonly conflict: Conflict | undefined;
}

export interface PastCommit {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly changes: readonly PastChange[];
}

export interface PastReading {
  /** Commits that do not concern a record of this id may be left out. */
  readonly about?: string;
  /** Commits against which nothing lost may be left out. */
  readonly isOfConflicts?: boolean;
  /** Throw `history.damaged` where something cannot be read, instead of going on without it. */
  readonly strict: boolean;
}

/** A run of commits, `from` and `to` included. */
export interface PastSegment {
  readonly from: number;
  readonly to: number;
  /** It stands for everything up to `to`, with nothing but the last version of each record. */
  readonly isBase: boolean;
  /** In order. Readings take turns of the event loop. */
  commits(reading: PastReading): AsyncIterable<PastCommit>;
  /** Each commit's time, in order. */
  times(): AsyncIterable<{ readonly seq: number; readonly at: string }>;
}

/** The past held still for a while: what it is made of stays until `release`. */
export interface OpenPast {
  /** In order, without overlaps, up to the last durable commit. */
  readonly segments: readonly PastSegment[];
  release(): void;
}

/** Where a store keeps its past. */
export interface HistorySource {
  open(): Promise<OpenPast>;
  /** Lets everybody else have the event loop. */
  giveWay(): Promise<void>;
}

/**
 * The segments from which every state since some moment is known, and that moment: everything back to the first gap, or to
 * a base.
 */
export function reachOf(segments: readonly PastSegment[]): {
  readonly seq: number;
  readonly segments: readonly PastSegment[];
} {
  let first = segments.length;
  let seq = segments.at(-1)?.to ?? 0;
  for (const [at, segment] of [...segments.entries()].toReversed()) {
    if (segment.to !== seq) break;
    first = at;
    if (segment.isBase) break;
    seq = segment.from - 1;
  }
  return { seq, segments: segments.slice(first) };
}

/** Names a record among all. */
export function keyOf({
  collection,
  id,
}: {
  readonly collection: CollectionName;
  readonly id: string;
}): string {
  return `${collection}/${id}`;
}
