import type { AnyRecord } from "@safelight/shared";
import { type Entry, parseRecord } from "./entry.ts";

/** Parses records on first use and keeps the latest ones parsed. */
export interface RecordCache {
  /** `undefined` for a tombstone. */
  read(entry: Entry | undefined): AnyRecord | undefined;
  /** The same for a record that is about to be replaced: not kept. */
  peek(entry: Entry | undefined): AnyRecord | undefined;
  /** Keeps a record that was just made, for a short while: most are not read again before they are replaced. */
  keepWritten(entry: Entry, record: AnyRecord): void;
}

export interface RecordCacheOptions {
  /** Records kept parsed because they were read. The rest live as text alone, which takes a third of the memory. */
  readonly read: number;
  /** The same for records that were written. Many of them would outlive the collector's young generation for nothing. */
  readonly written: number;
}

export function createRecordCache(options: RecordCacheOptions): RecordCache {
  const keepRead = createRing(options.read);
  const keepWritten = createRing(options.written);

  function peek(entry: Entry | undefined): AnyRecord | undefined {
    if (entry?.json === undefined) return undefined;
    return entry.parsed ?? parseRecord(entry.json);
  }

  return {
    peek,
    keepWritten,
    read(entry) {
      if (entry === undefined || entry.parsed !== undefined) return entry?.parsed;
      const record = peek(entry);
      if (record !== undefined) keepRead(entry, record);
      return record;
    },
  };
}

/** Keeps the last `capacity` records parsed. */
function createRing(capacity: number): (entry: Entry, record: AnyRecord) => void {
  const ring: (Entry | undefined)[] = [];
  let next = 0;
  return (entry, record) => {
    const evicted = ring[next];
    if (evicted !== undefined) evicted.parsed = undefined;
    ring[next] = entry;
    entry.parsed = record;
    next = next + 1 === capacity ? 0 : next + 1;
  };
}
