import { Link } from "@tanstack/react-router";
import { Tooltip } from "@mantine/core";
import type { Job } from "@safelight/shared";
import { useMemo, useState } from "react";
import { createActiveJobs } from "../../domain/active-jobs.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./top-bar.module.css";

const RADIUS = 5.5;
const LENGTH = 2 * Math.PI * RADIUS;

/** How many jobs are under way, with their common progress as a ring; nothing when there are none. */
export function RunningJobs() {
  const jobs = useRecords("jobs");
  const [activeOf] = useState(createActiveJobs);
  const active = useMemo(() => activeOf(jobs), [activeOf, jobs]);
  if (active.length === 0) return null;
  const progress = active.reduce((sum, job) => sum + job.progress, 0) / active.length;
  return (
    <Tooltip label="Show the jobs that are under way">
      <Link to="/jobs" search={{ status: "active" }} className={styles["chip"]}>
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <circle cx="7" cy="7" r={RADIUS} fill="none" stroke="var(--line)" strokeWidth="2" />
          <circle
            cx="7"
            cy="7"
            r={RADIUS}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="2"
            strokeDasharray={`${Math.max(0.04, progress) * LENGTH} ${LENGTH}`}
            transform="rotate(-90 7 7)"
          />
        </svg>
        <span className={styles["long"]}>{countWords(active)}</span>
        <span className={styles["short"]}>{active.length}</span>
      </Link>
    </Tooltip>
  );
}

function countWords(active: readonly Job[]): string {
  const queued = active.filter(({ status }) => status === "queued").length;
  const running = active.length - queued;
  if (queued === 0) return `${running} running`;
  return running === 0 ? `${queued} queued` : `${running} running · ${queued} queued`;
}
