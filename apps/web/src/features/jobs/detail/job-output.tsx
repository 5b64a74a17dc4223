import type { Job } from "@safelight/shared";
import { IconFile } from "@tabler/icons-react";
import { formatBytes } from "../../../domain/format.ts";
import styles from "./job-detail.module.css";

/** What a job brought beside pictures: an answer in words, and files. */
export function JobOutput({ job }: { job: Job }) {
  const { output, files = [] } = job;
  return (
    <>
      {output !== undefined && output !== "" && (
        <section className={styles["output"]} aria-label="Answer in words">
          {output}
        </section>
      )}
      {files.length > 0 && (
        <ul className={styles["files"]} aria-label="Files">
          {files.map(({ sha256, name, sizeBytes, mime }) => (
            <li key={sha256}>
              <a href={`/api/blobs/${sha256}`} download={name ?? sha256.slice(0, 12)}>
                <IconFile size={15} stroke={1.7} aria-hidden="true" />
                {name ?? mime}
              </a>
              <span>{formatBytes(sizeBytes)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
