import { csvText } from "@safelight/shared";
import type { Calendar } from "./calendar.ts";
import { type LedgerEntry, usdOf } from "./ledger-entry.ts";

const HEADER = "number,job,time,day,provider,model,kind,status,price,usd,estimated_usd";

/** One line for each job, oldest first. `price` says who told it: `reported`, `estimated` or `unknown`. */
export function ledgerCsv(entries: readonly LedgerEntry[], calendar: Calendar): string {
  const lines = entries.toSorted((one, other) => one.atMs - other.atMs || (one.jobId < other.jobId ? -1 : 1));
  const rows = lines.map((entry) =>
    [
      entry.number ?? "",
      entry.jobId,
      new Date(entry.atMs).toISOString(),
      calendar.dayOf(entry.atMs),
      entry.provider,
      entry.model,
      entry.kind,
      entry.status,
      entry.state,
      amount(entry.nanoUsd),
      amount(entry.estimateNanoUsd),
    ]
      .map(String)
      .map(csvText)
      .join(","),
  );
  return [HEADER, ...rows, ""].join("\r\n");
}

function amount(nanoUsd: number | undefined): string {
  if (nanoUsd === undefined) return "";
  const decimals = usdOf(nanoUsd).toFixed(9);
  return decimals.replace(/0{1,7}$/, "");
}
