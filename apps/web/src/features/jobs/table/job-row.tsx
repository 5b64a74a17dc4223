import type { Job } from "@safelight/shared";
import { IconCheck } from "@tabler/icons-react";
import { memo } from "react";
import { Dot } from "../../../components/dot.tsx";
import { Picture } from "../../../components/picture.tsx";
import { ProgressBar } from "../../../components/progress-bar.tsx";
import { isActive, jobStatusWords } from "../../../domain/job-status.ts";
import { stillOf } from "../../../domain/still-of.ts";
import { useRecord } from "../../../sync/use-record.ts";
import { chargeWords, jobTitle, tookWords } from "../job-words.ts";
import { JOB_KINDS } from "../jobs-search.ts";
import styles from "./job-table.module.css";

interface JobRowProps {
  readonly job: Job;
  readonly index: number;
  /** Whether its detail is open. */
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** Whether the tab key reaches it. */
  readonly isReachable: boolean;
  /** Whether it goes by so fast that nobody sees its picture. */
  readonly isBare: boolean;
  /** What follows the job in its address. */
  readonly query: string;
  readonly provider: string;
  /** Epoch ms while the job is under way. */
  readonly now: number;
}

export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, index, isOpen, isSelected, isReachable, isBare, query, provider, now } = props;
  const first = useRecord("contents", job.results[0]);
  const still = first === undefined || first.deletedAt !== undefined ? undefined : stillOf(first);
  const { word, tone } = jobStatusWords(job);
  const moving = isActive(job) && job.progress > 0;
  const kind = JOB_KINDS.find(({ value }) => value === job.kind)?.label ?? job.kind;
  return (
    <tr
      className={styles["row"]}
      data-index={index}
      data-open={isOpen || undefined}
      aria-current={isOpen ? "true" : undefined}
      aria-selected={isSelected}
      aria-rowindex={index + 2}
      tabIndex={isReachable ? 0 : -1}
    >
      <td className={styles["check"]} data-part="check">
        <span aria-hidden="true">{isSelected && <IconCheck size={13} stroke={3} />}</span>
      </td>
      <td className={styles["number"]}>{job.number ?? "—"}</td>
      <td className={styles["thumb"]}>
        {isBare || still === undefined ? (
          <span className={styles["blank"]} />
        ) : (
          <Picture blob={still} alt="" width={32} height={32} />
        )}
      </td>
      <td className={styles["prompt"]}>
        <a
          href={`/jobs/${job.id}${query}`}
          tabIndex={-1}
          title={job.prompt.length > 40 ? job.prompt : undefined}
        >
          {jobTitle(job)}
        </a>
      </td>
      <td className={styles["kind"]}>{kind}</td>
      <td className={styles["provider"]}>{provider}</td>
      <td className={styles["status"]}>
        {moving ? (
          <span className={styles["state"]}>
            <span className={styles["track"]}>
              <ProgressBar value={job.progress} label={word} />
            </span>
            {Math.round(job.progress * 100)} %
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
