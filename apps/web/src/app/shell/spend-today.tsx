import { useToday } from "../../components/use-today.ts";
import { dayKey } from "../../domain/day.ts";
import { formatUsd } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./top-bar.module.css";

/** What today's jobs cost so far; nothing on a day that was free. */
export function SpendToday() {
  const jobs = useRecords("jobs");
  const today = useToday();
  let usd = 0;
  for (const job of jobs) {
    if (job.charge.usd !== undefined && dayKey(new Date(job.createdAt)) === today) usd += job.charge.usd;
  }
  if (usd === 0) return null;
  return <span className={`${styles["chip"]} ${styles["spend"]}`}>{formatUsd(usd)} today</span>;
}
