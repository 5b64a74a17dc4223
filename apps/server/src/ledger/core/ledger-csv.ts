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
      .map(cell)
      .join(","),
  );
  return [HEADER, ...rows, ""].join("\r\n");
}

function amount(nanoUsd: number | undefined): string {
  if (nanoUsd === undefined) return "";
  const decimals = usdOf(nanoUsd).toFixed(9);
  return decimals.replace(/0{1,7}$/, "");
}

/** Quoted where it must be; a cell that a spreadsheet would take for a formula is made text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
