import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { ProgressBar } from "../../../components/progress-bar.tsx";
import { jobStatusWords } from "../../../domain/job-status.ts";
import { useSyncStatus } from "../../../sync/use-sync-status.ts";
import styles from "./library.module.css";

/** Where a picture will be: how far its job is. */
export function PendingTile({ job }: { job: Job }) {
  const status = useSyncStatus();
  const away = status.state === "on-device" && job.number === undefined;
  const words = away ? "Waits for the server" : (job.step ?? jobStatusWords(job).word);
  return (
    <div className={styles["pending"]} data-pending={job.id}>
      <span>{words}</span>
      <ProgressBar value={job.progress} label={`${job.prompt}: ${words}`} />
      <Link
        to="/jobs/$jobId"
        params={{ jobId: job.id }}
        aria-label={`Show the job: ${job.prompt}`}
        preload={false}
      />
    </div>
  );
}
