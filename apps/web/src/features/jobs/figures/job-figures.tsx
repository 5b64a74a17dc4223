import { useMemo } from "react";
import { useToday } from "../../../components/use-today.ts";
import { chargedBetween } from "../../../domain/charged-between.ts";
import { counted, formatCount, formatSeconds, formatUsd } from "../../../domain/format.ts";
import { useRecords } from "../../../sync/use-records.ts";
import { useTrash } from "../../../sync/use-trash.ts";
import styles from "./job-figures.module.css";
import type { JobMetrics } from "./job-tally.ts";
import { Sparkline } from "./sparkline.tsx";

const NO_FIGURES: readonly FigureProps[] = ["Spent this month", "Jobs", "Succeeded", "Median time"].map(
  (name) => ({ name, value: "…", note: "counting", course: [] }),
);

/** Four figures over all jobs, each with its course over the last two weeks where there is one. */
export function JobFigures({ metrics }: { metrics: JobMetrics | undefined }) {
  const budgets = useRecords("budgets");
  const monthly = budgets.find(({ per, provider }) => per === "month" && provider === undefined)?.usd;
  const discardedUsd = useDiscardedThisMonth();
  const figures = metrics === undefined ? NO_FIGURES : figuresOf(metrics, { monthly, discardedUsd });
  return (
    <dl className={styles["figures"]} aria-busy={metrics === undefined}>
      {figures.map((figure) => (
        <Figure key={figure.name} {...figure} />
      ))}
    </dl>
  );
}

/** What this month's jobs cost that lie in the trash: it was spent all the same. */
function useDiscardedThisMonth(): number {
  const trash = useTrash("jobs");
  const month = useToday().slice(0, 7);
  return useMemo(() => {
    const start = new Date(`${month}-01T00:00:00`);
    return chargedBetween(trash, start, new Date(start.getFullYear(), start.getMonth() + 1));
  }, [trash, month]);
}

interface Money {
  readonly monthly: number | undefined;
  readonly discardedUsd: number;
}

function figuresOf(metrics: JobMetrics, { monthly, discardedUsd }: Money): readonly FigureProps[] {
  const { succeededShare, medianSeconds, perDay } = metrics;
  const spentThisMonthUsd = metrics.spentThisMonthUsd + discardedUsd;
  const isFree = spentThisMonthUsd === 0 && !metrics.spentAtLeast;
  return [
    {
      name: "Spent this month",
      value: `${metrics.spentAtLeast ? "≥ " : ""}${formatUsd(spentThisMonthUsd)}`,
      note:
        monthly === undefined
          ? isFree
            ? "the built-in engine is free"
            : metrics.spentAtLeast
              ? "not all of it is known"
              : "reported and estimated"
          : `of ${formatUsd(monthly)} budget`,
      course: isFree ? [] : perDay.spentUsd,
    },
    {
      name: "Jobs",
      value: formatCount(metrics.total),
      note: `${formatCount(metrics.today)} today`,
      course: perDay.jobs,
    },
    {
      name: "Succeeded",
      value: succeededShare === undefined ? "—" : `${Number((succeededShare * 100).toFixed(1))} %`,
      note: succeededShare === undefined ? "none ended yet" : endings(metrics.unknown, metrics.failed),
      course: perDay.succeededShare,
    },
    {
      name: "Median time",
      value: medianSeconds === undefined ? "—" : formatSeconds(medianSeconds),
      note: "pictures and sprites",
      course: perDay.medianSeconds,
    },
  ];
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
