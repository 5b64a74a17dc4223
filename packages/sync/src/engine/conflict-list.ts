import { type CollectionName, isCollectionName } from "@safelight/shared";
import { baseKeyOf } from "../core/outbox-row.ts";
import type { ConflictMarks } from "../core/conflict-marks.ts";
import type { RecordConflict } from "../sync-client.ts";
import type { Mirror } from "./mirror.ts";

export interface ConflictList {
  /** The same array until it changes. */
  list(): readonly RecordConflict[];
  dismiss(collection: CollectionName, id: string): Promise<void>;
}

/** Conflicts that nobody has decided, as the state of the database holds them. */
export function createConflictList(mirror: Mirror): ConflictList {
  let seen: ConflictMarks = {};
  let list: readonly RecordConflict[] = [];
  return {
    list() {
      const { conflicts = {} } = mirror.state();
      // What was read from the disk again is another object.
      if (conflicts !== seen && JSON.stringify(conflicts) !== JSON.stringify(seen)) {
        seen = conflicts;
        list = Object.entries(conflicts).flatMap(([key, { seq, lost }]) => {
          const [collection = "", id = ""] = key.split("/");
          return isCollectionName(collection) ? [{ collection, id, seq, lost }] : [];
        });
      }
      return list;
    },
    async dismiss(collection, id) {
      await mirror.commit([], async (_tables, { conflicts = {} }) => {
        const { [baseKeyOf({ collection, id })]: mark, ...rest } = conflicts;
        return mark === undefined ? undefined : { state: { conflicts: rest } };
      });
    },
  };
}
