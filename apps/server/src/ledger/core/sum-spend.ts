import type { Calendar } from "./calendar.ts";
import { type LedgerEntry, usdOf } from "./ledger-entry.ts";

export type SpendGrouping = "day" | "month" | "provider" | "model" | "kind";

/** Spend of some jobs in US dollars. `usd` = `reportedUsd` + `estimatedUsd`. */
export interface SpendSum {
  readonly key: string;
  readonly jobs: number;
  readonly usd: number;
  /** Told by providers. */
  readonly reportedUsd: number;
  /** Our own sum beforehand, where the provider told none (yet). */
  readonly estimatedUsd: number;
  /** Jobs whose price nobody told. */
  readonly unknownJobs: number;
}

interface Sum {
  jobs: number;
  reported: number;
  estimated: number;
  unknown: number;
}

/** Sums entries by a key, keys in order, and all of them. */
export function sumSpend(
  entries: Iterable<LedgerEntry>,
  by: SpendGrouping,
  calendar: Calendar,
): { readonly groups: readonly SpendSum[]; readonly total: SpendSum } {
  const sums = new Map<string, Sum>();
  const total = emptySum();
  for (const entry of entries) {
    const key = keyOf(entry, by, calendar);
    const sum = sums.get(key) ?? emptySum();
    sums.set(key, sum);
    for (const target of [sum, total]) {
      target.jobs += 1;
      if (entry.nanoUsd === undefined) target.unknown += 1;
      else if (entry.state === "reported") target.reported += entry.nanoUsd;
      else target.estimated += entry.nanoUsd;
    }
  }
  const groups = [...sums].map(([key, sum]) => shown(key, sum));
  groups.sort((one, other) => (one.key < other.key ? -1 : 1));
  return { groups, total: shown("total", total) };
}

function keyOf(entry: LedgerEntry, by: SpendGrouping, calendar: Calendar): string {
  switch (by) {
    case "day":
      return calendar.dayOf(entry.atMs);
    case "month":
      return calendar.dayOf(entry.atMs).slice(0, 7);
    case "provider":
      return entry.provider;
    case "model":
      return entry.model === "" ? entry.provider : `${entry.provider}/${entry.model}`;
    case "kind":
      return entry.kind;
  }
}

function emptySum(): Sum {
  return { jobs: 0, reported: 0, estimated: 0, unknown: 0 };
}

function shown(key: string, { jobs, reported, estimated, unknown }: Sum): SpendSum {
  return {
    key,
    jobs,
    usd: usdOf(reported + estimated),
    reportedUsd: usdOf(reported),
    estimatedUsd: usdOf(estimated),
    unknownJobs: unknown,
  };
}
