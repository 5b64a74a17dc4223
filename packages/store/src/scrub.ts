import type { CollectionName } from "@safelight/shared";

/** How a scrub goes about its work. */
export interface ScrubOptions {
  /** Most bytes to read in a second; as fast as it can if absent. */
  readonly bytesPerSecond?: number;
  /** Whether there is more important work now; asked between pieces. The scrub stands still while it is so. */
  readonly isBusy?: () => boolean;
  /** Waits some milliseconds, or until the signal aborts; for tests. */
  readonly pause?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Ends it early. What was checked is remembered: the next one goes on from there. */
  readonly signal?: AbortSignal;
}

/** A record, as a finding names it. */
export interface RecordPlace {
  readonly collection: CollectionName;
  readonly id: string;
}

/** Bytes that a record names and that are not here. */
export interface MissingBlob {
  readonly sha256: string;
  /** Some of the records that name it. */
  readonly records: readonly RecordPlace[];
  /** When the newest of these was changed, ISO time: a client may still be sending the bytes. */
  readonly since: string;
}

/** Bytes that were not those of their name. */
export interface DamagedBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** `mended`: the right bytes were found and are in place again. */
  readonly state: "mended" | "damaged" | "unreadable";
  /** Where the wrong bytes were copied to, relative to the data folder. */
  readonly copy?: string;
}

/** Bytes that nothing names any more: no record, none in the trash, no version within the history. */
export interface UnreferencedBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** When the bytes last came, ISO time. */
  readonly storedAt: string;
  /** They are past the days of grace: `removeUnreferenced` would remove them. */
  readonly isRemovable: boolean;
}

/** What a whole round over all blobs found. Lists have at most a thousand entries; the counts are complete. */
export interface ScrubReport {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly checkedBlobs: number;
  readonly checkedBytes: number;
  readonly missingCount: number;
  readonly missing: readonly MissingBlob[];
  readonly damagedCount: number;
  readonly damaged: readonly DamagedBlob[];
  readonly unreferencedCount: number;
  readonly unreferencedBytes: number;
  readonly unreferenced: readonly UnreferencedBlob[];
  /** Part of the history could not be read: nothing counts as unreferenced then. */
  readonly isHistoryUnread: boolean;
}

export interface RemovalReport {
  readonly removed: number;
  readonly removedBytes: number;
}

/** Looks after bytes at rest. */
export interface BlobUpkeep {
  /**
   * Reads every blob and compares it with its name. Damaged bytes are copied to the quarantine and mended from a copy where there is
   * one. Resolves to what was found, or to `undefined` when it was ended early. One round at a time: a second call joins the first.
   */
  scrub(options?: ScrubOptions): Promise<ScrubReport | undefined>;
  /** What the last whole round found, also after a restart. */
  lastScrub(): Promise<ScrubReport | undefined>;
  /** Removes blobs that nothing names, seven days after their bytes last came. Never called by the store itself. */
  removeUnreferenced(): Promise<RemovalReport>;
}
