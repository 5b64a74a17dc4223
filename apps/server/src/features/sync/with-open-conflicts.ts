import { createOpenConflicts } from "@safelight/shared";
import type { Store, StoredRecord } from "@safelight/store";
import type { SnapshotSource } from "./core/snapshot-lines.ts";

type Source = Pick<Store, "cursor" | "changesSince" | "subscribe" | "health" | "snapshot">;

export interface SyncSource extends Omit<Source, "snapshot"> {
  snapshot(before?: number): SnapshotSource;
}

/**
 * The store as clients hear of it: a record that has changed again since a conflict still comes with it, as long as nobody has
 * decided it. Of what arose before this process the history tells.
 */
export function withOpenConflicts(store: Source): SyncSource {
  const open = createOpenConflicts();
  // For as long as the store is.
  store.subscribe(({ changes }) => open.note(changes));

  return {
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
