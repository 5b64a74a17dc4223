import type { AnyRecord, ChangeOp, CollectionName, Conflict } from "@safelight/shared";
import type { CommitResult, StepRejectCode } from "./store.ts";

/** One state that a record was given by one commit. */
export interface RecordVersion {
  readonly seq: number;
  /** ISO time of its commit. Shown, not compared: clocks go back. */
  readonly at: string;
  readonly by: string;
  readonly op: ChangeOp;
  /** Names of the fields that the commit changed; empty for a purge and for a version that is only marked. */
  readonly fields: readonly string[];
  /** The whole record; `undefined` after a purge. */
  readonly record: AnyRecord | undefined;
  /** Values that lost against this version; with nothing lost, an edit that met the trash. */
  readonly conflict: Conflict | undefined;
}

/** A version against which values lost. */
export interface ConflictedVersion {
  readonly seq: number;
  readonly collection: CollectionName;
  readonly id: string;
  /** The whole record as it was left. */
  readonly record: AnyRecord;
  readonly conflict: Conflict;
}

export interface VersionsPage {
  /** Newest first. */
  readonly versions: readonly RecordVersion[];
  /** `before` of the next page; absent on the last. */
  readonly nextBefore: number | undefined;
}

/** A place in the past: after the commit `seq`, or after the last commit whose time is not later than `at` (ISO). */
export type Moment = { readonly seq: number } | { readonly at: string };

/** A record as it was at a moment. */
export interface PastRecord {
  readonly collection: CollectionName;
  readonly id: string;
  /** Its last change then. */
  readonly seq: number;
  readonly record: AnyRecord;
}

/** The earliest moment that can be gone back to. */
export interface HistoryReach {
  readonly seq: number;
  /** Time of the first commit after it; absent when there is none. */
  readonly at: string | undefined;
}

/**
 * Why a record was not, or not wholly, brought back. `job.active`: it is at work and was left alone. `job.finished`: what its
 * provider did since stays. `job.unknown`: it came back, but not to work. `history.unknown`: its state then is not known.
 */
export type SkipCode = "job.active" | "job.finished" | "job.unknown" | "history.unknown" | StepRejectCode;

export interface SkippedRecord {
  readonly collection: CollectionName;
  readonly id: string;
  readonly code: SkipCode;
  readonly message: string;
}

export interface RestoreRequest {
  readonly collection: CollectionName;
  readonly id: string;
  /** The version to take: the record's latest up to this `seq`. */
  readonly seq: number;
  /** `lost`: only the values that lost against that version, set on the record as it is now. Default `record`. */
  readonly take?: "record" | "lost";
  readonly by: string;
}

export interface RestoreReport extends CommitResult {
  readonly record: AnyRecord | undefined;
  readonly skipped: readonly SkippedRecord[];
}

export interface RewindRequest {
  readonly to: Moment;
  /** Left out, the whole studio. */
  readonly collection?: CollectionName;
  readonly by: string;
  /** Tells what would happen and changes nothing. */
  readonly dryRun?: boolean;
  /** Stops between two commits; what is committed by then stays. */
  readonly signal?: AbortSignal;
}

export interface RewindReport {
  /** The moment as a `seq`. */
  readonly to: number;
  /** The studio's `seq` before: rewinding to it undoes this. */
  readonly from: number;
  /** The studio's `seq` after. */
  readonly seq: number;
  /** Records that were, or would be, changed. */
  readonly changed: number;
  /** Records that changed since the moment but are as they were then. */
  readonly unchanged: number;
  /** The first 1,000 that were skipped. */
  readonly skipped: readonly SkippedRecord[];
  readonly skippedCount: number;
}

/**
 * What a studio was. Nothing here rewrites it: going back is new commits. Rejects with a `StoreError`:
 * `history.missing`, `history.out-of-reach`, `history.damaged`, `restore.refused`, and those of a commit.
 */
export interface History {
  /** Versions of one record, those before a purge included. `limit`: 1 to 500, 50 if left out; `before`: a `seq`, exclusive. */
  versions(
    collection: CollectionName,
    id: string,
    page?: { readonly limit?: number; readonly before?: number },
  ): Promise<VersionsPage>;
  /** The record's latest version up to `seq`; `undefined` when the history has none. */
  versionAt(collection: CollectionName, id: string, seq: number): Promise<RecordVersion | undefined>;
  /** Versions against which values lost, of commits after one up to another, in order. What is damaged or missing is left out. */
  conflicts(span: { readonly after: number; readonly to: number }): AsyncIterable<ConflictedVersion>;
  /** Every record as it was at a moment, in no particular order, the trash included. */
  stateAt(moment: Moment, collection?: CollectionName): AsyncIterable<PastRecord>;
  oldest(): Promise<HistoryReach>;
  /** Gives one record the state of one of its versions, out of the trash, in one commit. */
  restore(request: RestoreRequest): Promise<RestoreReport>;
  /** Gives every record that changed since a moment the state that it had then, in commits of bounded size. */
  rewind(request: RewindRequest): Promise<RewindReport>;
}
