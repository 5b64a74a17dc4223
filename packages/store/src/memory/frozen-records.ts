import type { CollectionName } from "@safelight/shared";
import type { RecordStore } from "../core/record-store.ts";
import type { StagedView } from "../store.ts";

/**
 * The same records, frozen through and through when they are handed out. Every store hands out the object that it keeps; here
 * whoever changes one is found out at once.
 */
export function withFrozenRecords(records: RecordStore): RecordStore {
  return {
    ...records,
    ...frozenView(records),
    async commit(request) {
      const { steps } = request;
      const planned = typeof steps === "function" ? (staged: StagedView) => steps(frozenView(staged)) : steps;
      const result = await records.commit({ ...request, steps: planned });
      for (const step of result.results) if ("record" in step) frozen(step.record);
      return result;
    },
    subscribe: (listener) =>
      records.subscribe((commit) => {
        for (const { record } of commit.changes) frozen(record);
        listener(commit);
      }),
  };
}

function frozenView(view: StagedView): StagedView {
  return {
    get: (collection, id) => frozen(view.get(collection, id)),
    *scan<C extends CollectionName>(collection: C) {
      for (const record of view.scan(collection)) yield frozen(record);
    },
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
