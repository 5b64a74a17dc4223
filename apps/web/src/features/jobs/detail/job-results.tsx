import type { Job } from "@safelight/shared";
import { Link } from "@tanstack/react-router";
import { Picture } from "../../../components/picture.tsx";
import { useRecords } from "../../../sync/use-records.ts";
import styles from "./job-detail.module.css";

/** The pictures that a job brought and that are still in the library. */
export function JobResults({ job }: { job: Job }) {
  const contents = useRecords("contents");
  const mine = contents.filter(({ jobId }) => jobId === job.id);
  if (mine.length === 0) return null;
  const place = (id: string) => job.results.indexOf(id);
  const ordered = mine.toSorted((a, b) => place(a.id) - place(b.id));
  return (
    <ul className={styles["results"]} aria-label="Results">
      {ordered.map((content, index) => (
        <li key={content.id}>
          <Link
            to="/create"
            search={{ picture: content.id }}
            aria-label={`Open picture ${index + 1} of ${ordered.length}`}
            preload={false}
          >
            <Picture blob={content.blob} alt="" width={84} height={84} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
