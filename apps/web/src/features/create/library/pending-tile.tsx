import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { ProgressBar } from "../../../components/progress-bar.tsx";
import { useNow } from "../../../components/use-now.ts";
import { jobStatusWords } from "../../../domain/job-status.ts";
import { timeLeftWords } from "../../../domain/time-left.ts";
import { useSyncStatus } from "../../../sync/use-sync-status.ts";
import styles from "./job-tile.module.css";

interface PendingTileProps {
  readonly job: Job;
  readonly index: number;
  readonly count: number;
  readonly leads: boolean;
  readonly reachable: boolean;
}

/** Where a picture will be. The first open place of a job says how far it is; the others which one they are. */
export function PendingTile({ job, index, count, leads, reachable }: PendingTileProps) {
  return (
    <div className={styles["pending"]} data-pending={job.id}>
      {leads && <p className={styles["asked"]}>{job.prompt}</p>}
      {leads ? <Course job={job} /> : <span className={styles["place"]}>{`${index + 1} of ${count}`}</span>}
      <ProgressBar value={job.progress} label={`${job.prompt}, picture ${index + 1} of ${count}`} />
      <Link
        to="/jobs/$jobId"
        params={{ jobId: job.id }}
        aria-label={`Show the job: ${job.prompt}`}
        preload={false}
        tabIndex={reachable ? 0 : -1}
        draggable={false}
      />
    </div>
  );
}

function Course({ job }: { job: Job }) {
  const status = useSyncStatus();
  const now = useNow(job.status === "running");
  const away = status.state === "on-device" && job.number === undefined;
  return (
    <span className={styles["course"]}>
      <span>{away ? "Waits for the server" : (job.step ?? jobStatusWords(job).word)}</span>
      <span className={styles["left"]}>{timeLeftWords(job, now)}</span>
    </span>
  );
}
