import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { Dot } from "../../../components/dot.tsx";
import { jobStatusWords } from "../../../domain/job-status.ts";
import styles from "./job-tile.module.css";

/** A job of today that brought nothing, and why. */
export function FailedTile({ job, reachable }: { job: Job; reachable: boolean }) {
  const { word, tone } = jobStatusWords(job);
  return (
    <Link
      to="/jobs/$jobId"
      params={{ jobId: job.id }}
      className={styles["failed"]}
      preload={false}
      tabIndex={reachable ? 0 : -1}
      draggable={false}
    >
      <b>
        <Dot tone={tone} />
        {word}
      </b>
      <span className={styles["words"]}>{job.error?.message ?? job.prompt}</span>
    </Link>
  );
}
