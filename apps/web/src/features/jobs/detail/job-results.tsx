import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { Picture } from "../../../components/picture.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { stillOf } from "../../../domain/still-of.ts";
import styles from "./job-detail.module.css";

/** The pictures that a job brought and that are still in the library. */
export function JobResults({ job }: { job: Job }) {
  if (job.results.length === 0) return null;
  return (
    <ul className={styles["results"]} aria-label="Results">
      {job.results.map((id, index) => (
        <JobResult key={id} id={id} label={`Open picture ${index + 1} of ${job.results.length}`} />
      ))}
    </ul>
  );
}

function JobResult({ id, label }: { id: string; label: string }) {
  const content = useRecord("contents", id);
  if (content === undefined || content.deletedAt !== undefined) return null;
  return (
    <li>
      <Link to="/create" search={{ picture: id }} aria-label={label} preload={false}>
        <Picture blob={stillOf(content)} alt="" width={84} height={84} />
      </Link>
    </li>
  );
}
