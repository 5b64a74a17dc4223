import type { Viewed } from "@safelight/sync";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { Dot } from "../../components/dot.tsx";
import { Picture } from "../../components/picture.tsx";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { isActive, jobStatusWords } from "../../domain/job-status.ts";
import { useRecord } from "../../sync/use-record.ts";
import { chargeWords, tookWords } from "./job-words.ts";
import styles from "./job-table.module.css";
import type { JobsSearch } from "./jobs-search.ts";

interface JobRowProps {
  readonly job: Viewed<"jobs">;
  readonly index: number;
  readonly selected: boolean;
  readonly search: JobsSearch;
  readonly provider: string;
  /** Epoch ms while the job is under way. */
  readonly now: number;
}

export const JobRow = memo(function JobRow({ job, index, selected, search, provider, now }: JobRowProps) {
  const first = useRecord("contents", job.results[0]);
  const { word, tone } = jobStatusWords(job);
  const percent = Math.round(job.progress * 100);
  const moving = isActive(job) && job.progress > 0;
  return (
    <tr className={styles["row"]} data-on={selected || undefined} aria-rowindex={index + 2}>
      <td className={styles["number"]}>{job.number ?? "—"}</td>
      <td className={styles["thumb"]}>
        {first?.blob === undefined || first.deletedAt !== undefined ? (
          <span className={styles["blank"]} />
        ) : (
          <Picture blob={first.blob} alt="" width={32} height={32} />
        )}
      </td>
      <td className={styles["prompt"]}>
        <Link
          to="/jobs/$jobId"
          params={{ jobId: job.id }}
          search={search}
          aria-current={selected ? "true" : undefined}
          preload={false}
        >
          {job.prompt === "" ? "(no prompt)" : job.prompt}
        </Link>
      </td>
      <td className={styles["provider"]}>{provider}</td>
      <td className={styles["status"]}>
        {moving ? (
          <span className={styles["state"]}>
            <span className={styles["track"]}>
              <ProgressBar value={job.progress} label={word} />
            </span>
            {percent} %
          </span>
        ) : (
          <span className={styles["state"]}>
            <Dot tone={tone} />
            {word}
          </span>
        )}
      </td>
      <td className={styles["cost"]}>{chargeWords(job)}</td>
      <td className={styles["took"]}>{tookWords(job, now)}</td>
    </tr>
  );
});
