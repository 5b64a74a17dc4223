import { createOpenConflicts } from "@safelight/shared";
import type { Store, StoredRecord } from "@safelight/store";
import type { SnapshotSource } from "./core/snapshot-lines.ts";

type Source = Pick<Store, "cursor" | "changesSince" | "subscribe" | "health" | "snapshot">;

export interface SyncSource extends Omit<Source, "snapshot"> {
  snapshot(before?: number): SnapshotSource;
  /**
   * Makes known what arose after `seq` and before this process, from the history; `undefined` when that is known. It is asked before a
   * device that was away is told what changed, and reads no more than it missed. Never rejects.
   */
  recall(seq: number): Promise<void> | undefined;
}

/** Most commits that are read back; of older ones a device hears from the history alone. */
const MOST_COMMITS = 20_000;

/**
 * The store as clients hear of it: a record that has changed again since a conflict still comes with it, as long as nobody has
 * decided it.
 */
export function withOpenConflicts(
  store: Source & Pick<Store, "get" | "history">,
  onFault: (error: unknown) => void,
): SyncSource {
  const open = createOpenConflicts();
  const startedAt = store.cursor().seq;
  /** Everything after it is known. */
  let knownFrom = startedAt;
  let reading = Promise.resolve();
  // For as long as the store is.
  store.subscribe(({ changes }) => open.note(changes));

  async function readBack(seq: number): Promise<void> {
    if (seq >= knownFrom) return;
    const span = { after: Math.max(seq, startedAt - MOST_COMMITS), to: knownFrom };
    try {
      for await (const version of store.history.conflicts(span)) {
        open.recall(version, store.get(version.collection, version.id));
      }
    } catch (error) {
      // A badge that is not shown is no reason to tell the device nothing.
      onFault(error);
    }
    knownFrom = seq;
  }

  return {
    recall(seq) {
      if (seq >= knownFrom) return undefined;
      reading = reading.then(() => readBack(seq));
      return reading;
    },
    cursor: () => store.cursor(),
    health: () => store.health(),
    subscribe: (listener) => store.subscribe(listener),
    changesSince(since, limit) {
      const page = store.changesSince(since, limit);
      if (page === undefined || open.isEmpty()) return page;
      const changes = page.changes.map((change) => {
        const conflict = open.since(change.collection, change.id, since);
        if (conflict === undefined) return change;
        const { lost, seq } = conflict;
        return { ...change, conflict: seq === change.seq ? { lost } : { lost, seq } };
      });
      return { ...page, changes };
    },
    snapshot(before) {
      const snapshot = store.snapshot(before);
      return open.isEmpty() ? snapshot : { ...snapshot, records: () => withConflicts(snapshot.records()) };
    },
  };

  function* withConflicts(records: Iterable<StoredRecord>): ReturnType<SnapshotSource["records"]> {
    for (const record of records) {
      const conflict = open.since(record.collection, record.id, 0);
      yield conflict === undefined ? record : { ...record, conflict };
    }
  }
}
