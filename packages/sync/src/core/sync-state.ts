import type { ConflictMarks } from "./conflict-marks.ts";

/** A snapshot under way: a crash resumes it, and the base stays usable meanwhile. */
export interface SnapshotMark {
  readonly generation: number;
  /** Cursor of the first head line; where changes go on from once the snapshot is whole. */
  readonly cursor?: string;
  /** Records from this `seq` up are here already. */
  readonly before?: number;
  /** How many packs it has written. */
  readonly packs: number;
  /** The base was empty at the start: there is nothing to sweep at the end. */
  readonly fresh: boolean;
}

/** What a database knows about itself. It changes only in the transaction that changes what it describes. */
export interface SyncState {
  readonly clientId: string;
  /** The next `n` to give. Only grows. */
  readonly nextN: number;
  /** Counts the transactions that other tabs must learn of. */
  readonly version: number;
  readonly generation: number;
  /** How often rows went into packs: what changed since a cursor is in the rows only while this stays as it was. */
  readonly repacked?: number;
  /**
   * The epoch in which this client's numbers are known to the studio: that of its first acknowledgement, then of each
   * whole snapshot. Not the cursor's: a first snapshot may still be under way.
   */
  readonly epoch?: string;
  /** Up to where the base holds everything; absent before the first whole snapshot. */
  readonly cursor?: string;
  readonly snapshot?: SnapshotMark;
  /** Conflicts that nobody has decided. */
  readonly conflicts?: ConflictMarks;
  /** When the server last acknowledged something. ISO, shown only. */
  readonly savedAt?: string;
}

/** The key of the only row of `meta`. */
export const STATE_KEY = "state";

export function newSyncState(clientId: string): SyncState {
  return { clientId, nextN: 1, version: 0, generation: 1 };
}
