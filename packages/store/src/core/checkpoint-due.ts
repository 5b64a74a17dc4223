/** What the schedule of checkpoints knows of a document that lags behind the journal. */
export interface DirtyDocument {
  /** Size of the file in place, in bytes. */
  readonly sizeBytes: number;
  /** Bytes of its changes since. */
  readonly pendingBytes: number;
  readonly dirtySinceMs: number;
  readonly changedAtMs: number;
}

/** Up to this size a document is written after a moment of quiet; a larger one waits until that is worth it. */
const SMALL_DOCUMENT_BYTES = 256 * 1024;

/** A large one is written when its changes have grown to this many times its own size: all its writing costs half as much as its journal. */
const LARGE_SHARE = 2;

/**
 * Whether a document should be written now. A small one: `quietMs` after its last change, or five times that after its first.
 * A large one: when its changes have grown to twice its own size.
 */
export function isCheckpointDue(document: DirtyDocument, nowMs: number, quietMs: number): boolean {
  const { sizeBytes, pendingBytes, dirtySinceMs, changedAtMs } = document;
  if (Math.max(sizeBytes, pendingBytes) > SMALL_DOCUMENT_BYTES)
    return pendingBytes >= LARGE_SHARE * sizeBytes;
  return nowMs - changedAtMs >= quietMs || nowMs - dirtySinceMs >= 5 * quietMs;
}
