import type { AnyRecord } from "@safelight/shared";
import { scalarOf, type SortValue } from "./sort-order.ts";

/** Ids of records by what some of their fields hold together, kept up to date under writes. */
export interface RecordGroups {
  /** Records whose fields hold exactly these values, in the order in which the fields were given. */
  readonly find: (values: readonly SortValue[]) => ReadonlySet<string>;
  /** Puts a record into its group, taking it out of the one it was in. */
  readonly put: (record: AnyRecord) => void;
  readonly remove: (id: string) => void;
}

const NONE: ReadonlySet<string> = new Set();

interface Group {
  readonly key: string;
  readonly ids: Set<string>;
}

export function createRecordGroups(fields: readonly string[], initial: Iterable<AnyRecord>): RecordGroups {
  const groups = new Map<string, Group>();
  const groupById = new Map<string, Group>();

  const groupAt = (key: string): Group => {
    const known = groups.get(key);
    if (known !== undefined) return known;
    const group = { key, ids: new Set<string>() };
    groups.set(key, group);
    return group;
  };
  const remove = (id: string): void => {
    const group = groupById.get(id);
    if (group === undefined) return;
    groupById.delete(id);
    group.ids.delete(id);
    // A value such as a job's progress is held for a moment and may never come again.
    if (group.ids.size === 0) groups.delete(group.key);
  };
  const put = (record: AnyRecord): void => {
    const { id } = record;
    const group = groupAt(JSON.stringify(fields.map((field) => scalarOf(record[field]))));
    if (groupById.get(id) === group) return;
    remove(id);
    group.ids.add(id);
    groupById.set(id, group);
  };
  for (const record of initial) put(record);
  return { find: (values) => groups.get(JSON.stringify(values))?.ids ?? NONE, put, remove };
}
