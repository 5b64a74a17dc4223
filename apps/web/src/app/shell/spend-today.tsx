import { useMemo } from "react";
import { useToday } from "../../components/use-today.ts";
import { chargedOn } from "../../domain/charged-on.ts";
import { formatUsd } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./top-bar.module.css";

/** What today's jobs cost so far; nothing on a day that was free. */
export function SpendToday() {
  const jobs = useRecords("jobs");
  const today = useToday();
  const usd = useMemo(() => chargedOn(jobs, today), [jobs, today]);
  if (usd === 0) return null;
  return <span className={`${styles["chip"]} ${styles["spend"]}`}>{formatUsd(usd)} today</span>;
}
