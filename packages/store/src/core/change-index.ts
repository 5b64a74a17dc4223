import type { Entry } from "./entry.ts";

/** The latest state of each record, and tombstones, in the order of `seq`. */
export interface ChangeIndex {
  append(entry: Entry): void;
  /** Takes entries of any order over, at open. */
  load(entries: Entry[]): void;
  /** Marks a state as replaced by a later one. */
  supersede(entry: Entry): void;
  /** Position of the first entry past `seq`. */
  firstAfter(seq: number): number;
  /** The entries as they stand, superseded ones among them. Do not keep: the next append may replace it. */
  entries(): readonly Entry[];
}

const MIN_SUPERSEDED_TO_COMPACT = 1024;

export function createChangeIndex(): ChangeIndex {
  let entries: Entry[] = [];
  let superseded = 0;

  return {
    append(entry) {
      if (superseded > MIN_SUPERSEDED_TO_COMPACT && superseded > entries.length / 2) {
        entries = entries.filter((other) => !other.superseded);
        superseded = 0;
      }
      entries.push(entry);
    },
    load(more) {
      entries = more.sort((a, b) => a.seq - b.seq);
    },
    supersede(entry) {
      entry.superseded = true;
      superseded += 1;
    },
    firstAfter(seq) {
      let low = 0;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((entries[middle]?.seq ?? 0) > seq) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    entries: () => entries,
  };
}
