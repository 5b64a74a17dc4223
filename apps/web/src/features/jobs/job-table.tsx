import type { Viewed } from "@safelight/sync";
import { useCallback, useRef } from "react";
import { moveFocus } from "../../components/move-focus.ts";
import { useVirtualRows } from "../../components/use-virtual-rows.ts";
import { isActive } from "../../domain/job-status.ts";
import { JobRow } from "./job-row.tsx";
import styles from "./job-table.module.css";
import type { JobsSearch } from "./jobs-search.ts";
import { useNow } from "../../components/use-now.ts";

interface JobTableProps {
  readonly jobs: readonly Viewed<"jobs">[];
  readonly selectedId: string | undefined;
  readonly search: JobsSearch;
  readonly providerName: (id: string) => string;
}

const ROW_HEIGHT = 46;
const ROW_KEYS = { among: "tbody a", back: "ArrowUp", forth: "ArrowDown" };

/** The jobs, newest first; only the rows near the screen are drawn. */
export function JobTable({ jobs, selectedId, search, providerName }: JobTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(jobs.some(isActive));
  const keyOf = useCallback((index: number) => jobs[index]?.id ?? index, [jobs]);
  const { rows, height } = useVirtualRows({
    count: jobs.length,
    scroller,
    heightOf: () => ROW_HEIGHT,
    keyOf,
    overscan: 8,
  });
  const before = rows[0]?.start ?? 0;
  const after = height - (rows.at(-1)?.end ?? 0);

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the rows' own links
    <div ref={scroller} className={styles["scroller"]} onKeyDown={(event) => moveFocus(event, ROW_KEYS)}>
      <table className={styles["table"]} aria-rowcount={jobs.length + 1}>
        <thead>
          <tr>
            <th scope="col" className={styles["number"]}>
              #
            </th>
            <th scope="col" className={styles["thumb"]}>
              <span className="visually-hidden">Picture</span>
            </th>
            <th scope="col">Prompt</th>
            <th scope="col" className={styles["provider"]}>
              Provider
            </th>
            <th scope="col" className={styles["status"]}>
              Status
            </th>
            <th scope="col" className={styles["cost"]}>
              Cost
            </th>
            <th scope="col" className={styles["took"]}>
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {rows.map(({ index, key }) => {
            const job = jobs[index];
            return (
              job !== undefined && (
                <JobRow
                  key={key}
                  job={job}
                  index={index}
                  selected={job.id === selectedId}
                  search={search}
                  provider={providerName(job.provider)}
                  now={isActive(job) ? now : 0}
                />
              )
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}
