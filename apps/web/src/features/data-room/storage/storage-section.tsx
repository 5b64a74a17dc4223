import { Button } from "@mantine/core";
import { Nothing, Section } from "../../../components/page.tsx";
import { counted, formatBytes } from "../../../domain/format.ts";
import { AskAgain } from "../ask-again.tsx";
import { GrowthChart } from "./growth-chart.tsx";
import { LastCheckReport } from "./last-check.tsx";
import styles from "./storage.module.css";
import { useCheckNow, useStorageReport } from "./use-storage-report.ts";

/** How much room the studio takes, by sort, how it grows, and what the last check of all bytes found. */
export function StorageSection() {
  const { data: report, isPending, isError, error, refetch } = useStorageReport();
  const check = useCheckNow();
  return (
    <Section
      id="storage"
      title="Storage"
      aside={report === undefined ? undefined : `${formatBytes(report.totalBytes)} on the server`}
    >
      {isPending && <Nothing>Measuring the data folder…</Nothing>}
      {isError && <AskAgain words={error.message} onAsk={() => void refetch()} />}
      {report !== undefined && (
        <>
          <ul className={styles["sorts"]} aria-label="Room by sort of file">
            {report.sorts
              .filter(({ files }) => files > 0)
              .map(({ name, files, sizeBytes }) => (
                <li key={name}>
                  <span>{name}</span>
                  <i aria-hidden="true">
                    <i style={{ width: `${(100 * sizeBytes) / Math.max(1, report.totalBytes)}%` }} />
                  </i>
                  <small>{counted(files, "file")}</small>
                  <b>{formatBytes(sizeBytes)}</b>
                </li>
              ))}
          </ul>
          <GrowthChart />
          <LastCheckReport check={report.lastCheck} />
          <div className={styles["actions"]}>
            <Button size="xs" onClick={() => check.mutate()} loading={check.isPending}>
              Check all files now
            </Button>
            {check.isPending && <output>Reading every file and comparing it with its name…</output>}
            {check.isError && <span role="alert">{check.error.message}</span>}
          </div>
        </>
      )}
    </Section>
  );
}
