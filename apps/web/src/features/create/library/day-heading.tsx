/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed one by one are no table to a browser */
import { memo, useMemo } from "react";
import { counted, formatUsd } from "../../../domain/format.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import type { LibraryItem } from "./library-item.ts";
import type { DayRow } from "./library-rows.ts";
import styles from "./day-heading.module.css";

/** A day's name, how many pictures it brought, and what they cost. */
export const DayHeading = memo(function DayHeading({ row, start }: { row: DayRow; start: number }) {
  const client = useSyncClient();
  const words = useMemo(
    () => dayWords(row.members, (jobId) => client.get("jobs", jobId)?.charge.usd ?? 0),
    [row.members, client],
  );
  return (
    <div role="row" className={styles["day"]} style={{ transform: `translateY(${start}px)` }}>
      <div role="rowheader">
        <h2>
          <b>{row.name}</b>
          {words}
        </h2>
      </div>
    </div>
  );
});

function dayWords(members: readonly LibraryItem[], usdOf: (jobId: string) => number): string {
  let pictures = 0;
  let pending = 0;
  let usd = 0;
  const jobs = new Set<string>();
  for (const item of members) {
    if (item.kind === "pending") pending += 1;
    if (item.kind !== "picture") continue;
    pictures += 1;
    const { jobId } = item.content;
    if (jobId === undefined || jobs.has(jobId)) continue;
    jobs.add(jobId);
    usd += usdOf(jobId);
  }
  const words: string[] = [];
  if (pictures > 0 || pending === 0) words.push(counted(pictures, "picture"));
  if (pending > 0) words.push(`${pending} on the way`);
  if (usd > 0) words.push(formatUsd(usd));
  return words.join(" · ");
}
