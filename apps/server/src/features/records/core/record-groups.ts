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

export function createRecordGroups(fields: readonly string[], initial: Iterable<AnyRecord>): RecordGroups {
  const groups = new Map<string, Set<string>>();
  const groupById = new Map<string, Set<string>>();

  const groupAt = (values: readonly SortValue[]): Set<string> => {
    const key = JSON.stringify(values);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const group = new Set<string>();
    groups.set(key, group);
    return group;
  };
  const remove = (id: string): void => {
    groupById.get(id)?.delete(id);
    groupById.delete(id);
  };
  const put = (record: AnyRecord): void => {
    const { id } = record;
    const group = groupAt(fields.map((field) => scalarOf(record[field])));
    if (groupById.get(id) === group) return;
    remove(id);
    group.add(id);
    groupById.set(id, group);
  };
  for (const record of initial) put(record);
  return { find: (values) => groups.get(JSON.stringify(values)) ?? NONE, put, remove };
}
