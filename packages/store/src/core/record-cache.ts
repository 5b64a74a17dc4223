import type { AnyRecord } from "@safelight/shared";
import { type Entry, parseRecord } from "./entry.ts";

/** Parses records on first use and keeps the latest ones parsed. */
export interface RecordCache {
  /** `undefined` for a tombstone. */
  read(entry: Entry | undefined): AnyRecord | undefined;
  /** Keeps a record that is already at hand. */
  keep(entry: Entry, record: AnyRecord): void;
}

/** Holds up to `capacity` parsed records; the rest live as text alone, which takes a third of the memory. */
export function createRecordCache(capacity: number): RecordCache {
  const ring: (Entry | undefined)[] = [];
  let next = 0;

  function keep(entry: Entry, record: AnyRecord): void {
    const evicted = ring[next];
    if (evicted !== undefined) evicted.parsed = undefined;
    ring[next] = entry;
    entry.parsed = record;
    next = next + 1 === capacity ? 0 : next + 1;
  }

  return {
    keep,
    read(entry) {
      if (entry === undefined) return undefined;
      if (entry.parsed !== undefined) return entry.parsed;
      if (entry.json === undefined) return undefined;
      const record = parseRecord(entry.json);
      keep(entry, record);
      return record;
    },
  };
}
