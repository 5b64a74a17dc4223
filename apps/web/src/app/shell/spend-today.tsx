import { useMemo } from "react";
import { useToday } from "../../components/use-today.ts";
import { chargedBetween } from "../../domain/charged-between.ts";
import { formatUsd } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import { useTrash } from "../../sync/use-trash.ts";
import styles from "./top-bar.module.css";

/** What today's jobs cost so far, those in the trash too; nothing on a day that was free. */
export function SpendToday() {
  const jobs = useRecords("jobs");
  const today = useToday();
  const trash = useTrash("jobs");
  const kept = useMemo(
    () => chargedBetween(jobs, ...boundsOf(today), { isNewestFirst: true }),
    [jobs, today],
  );
  const discarded = useMemo(() => chargedBetween(trash, ...boundsOf(today)), [trash, today]);
  const usd = kept + discarded;
  if (usd === 0) return null;
  return <span className={`${styles["chip"]} ${styles["spend"]}`}>{formatUsd(usd)} today</span>;
}

/** A local day ("2026-11-21") from its first moment to the next day's. */
function boundsOf(day: string): readonly [Date, Date] {
  const start = new Date(`${day}T00:00:00`);
  return [start, new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1)];
}
