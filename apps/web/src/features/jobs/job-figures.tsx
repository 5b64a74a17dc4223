import { useMemo } from "react";
import type { Job } from "@safelight/shared";
import { useToday } from "../../components/use-today.ts";
import { counted, formatCount, formatSeconds, formatUsd } from "../../domain/format.ts";
import { jobMetrics } from "./job-metrics.ts";
import styles from "./job-figures.module.css";
import { Sparkline } from "./sparkline.tsx";

/** Four figures over all jobs, each with its course over the last two weeks where there is one. */
export function JobFigures({ jobs }: { jobs: readonly Job[] }) {
  const today = useToday();
  const metrics = useMemo(() => jobMetrics(jobs, new Date(`${today}T12:00:00`)), [jobs, today]);
  const { succeededShare, medianSeconds, perDay } = metrics;
  return (
    <dl className={styles["figures"]}>
      <Figure
        name="Spent this month"
        value={`${metrics.spentAtLeast ? "≥ " : ""}${formatUsd(metrics.spentThisMonthUsd)}`}
        note={metrics.spentThisMonthUsd === 0 ? "the built-in engine is free" : "by what providers report"}
        course={metrics.spentThisMonthUsd === 0 ? [] : perDay.spentUsd}
      />
      <Figure
        name="Jobs"
        value={formatCount(metrics.total)}
        note={`${formatCount(metrics.today)} today`}
        course={perDay.jobs}
      />
      <Figure
        name="Succeeded"
        value={succeededShare === undefined ? "—" : `${Number((succeededShare * 100).toFixed(1))} %`}
        note={succeededShare === undefined ? "none ended yet" : endings(metrics.unknown, metrics.failed)}
        course={perDay.succeededShare}
      />
      <Figure
        name="Median time"
        value={medianSeconds === undefined ? "—" : formatSeconds(medianSeconds)}
        note="pictures and sprites"
        course={perDay.medianSeconds}
      />
    </dl>
  );
}

function endings(unknown: number, failed: number): string {
  if (unknown === 0 && failed === 0) return "none failed";
  const parts = [
    unknown > 0 ? `${formatCount(unknown)} unknown` : "",
    failed > 0 ? `${formatCount(failed)} failed` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly course: readonly number[];
}

function Figure({ name, value, note, course }: FigureProps) {
  return (
    <div className={styles["figure"]}>
      <dt>{name}</dt>
      <dd className={styles["value"]}>{value}</dd>
      <dd className={styles["note"]}>{note}</dd>
      {course.length > 1 && (
        <dd className={styles["course"]}>
          <Sparkline values={course} label={`${name}: ${counted(course.length, "day")} with jobs`} />
        </dd>
      )}
    </div>
  );
}
