import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useModelName } from "../../../api/use-model-name.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { LinkButton } from "../../../components/link-button.tsx";
import { useToday } from "../../../components/use-today.ts";
import { formatBytes, formatCount, formatSeconds, formatUsd } from "../../../domain/format.ts";
import { JOB_STATUS_OPTIONS } from "../../../domain/job-status.ts";
import { useRecords } from "../../../sync/use-records.ts";
import { useTrash } from "../../../sync/use-trash.ts";
import styles from "./analytics.module.css";
import { DayChart } from "./day-chart.tsx";
import { GroupTable } from "./group-table.tsx";
import { storageGrowth, summariseJobs } from "./summarise-jobs.ts";

const RANGES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "all", label: "All" },
] as const;

/** What the jobs came to, counted on this device: it needs no server. */
export function AnalyticsPage() {
  const [range, setRange] = useState<string>("30");
  const jobs = useRecords("jobs");
  const discarded = useTrash("jobs");
  const contents = useRecords("contents");
  const today = useToday();
  const days = range === "all" ? undefined : Number(range);
  const summary = useMemo(
    () => summariseJobs(jobs, { today: new Date(`${today}T12:00:00`), days, discarded }),
    [jobs, discarded, today, days],
  );
  const growth = useMemo(
    () =>
      storageGrowth(
        contents,
        summary.days.map(({ day }) => day),
      ),
    [contents, summary.days],
  );
  const nameOf = useProviderName();
  const nameOfModel = useModelName();
  const modelName = (key: string) => {
    const [provider = "", model] = key.split(" · ");
    return `${nameOf(provider)}${model === undefined ? "" : ` · ${nameOfModel(model, provider)}`}`;
  };

  return (
    <main className={styles["page"]}>
      <header className={styles["head"]}>
        <h1>Analytics</h1>
        <SegmentedControl
          className={styles["range"] ?? ""}
          fullWidth
          aria-label="Range"
          data={[...RANGES]}
          value={range}
          onChange={setRange}
        />
        <LinkButton to="/settings">Budgets</LinkButton>
        <LinkButton to="/jobs">Back to the jobs</LinkButton>
      </header>
      {jobs.length === 0 ? (
        <EmptyState
          title="No jobs yet"
          text="Once there are some, this is what they cost and how long they took."
          action={<LinkButton to="/create">Go to Create</LinkButton>}
        />
      ) : (
        <>
          <Figures summary={summary} />
          <div className={styles["charts"]}>
            <DayChart
              title="Spent"
              shape="bars"
              bars={summary.days.map(({ day, usd }) => ({ day, value: usd }))}
              format={formatUsd}
            />
            <DayChart
              title="Jobs"
              shape="bars"
              bars={summary.days.map(({ day, jobs: made, failed }) => ({ day, value: made, part: failed }))}
              format={formatCount}
              partName="failed"
            />
            <DayChart
              title="Pictures and clips kept"
              shape="area"
              bars={summary.days.map(({ day }, index) => ({ day, value: growth[index] ?? 0 }))}
              format={formatBytes}
            />
          </div>
          <div className={styles["tables"]}>
            <GroupTable title="By provider" groups={summary.byProvider} nameOf={nameOf} />
            <GroupTable title="By model" groups={summary.byModel} nameOf={modelName} />
            <GroupTable title="By status" groups={summary.byStatus} nameOf={statusName} />
          </div>
        </>
      )}
    </main>
  );
}

function statusName(status: string): string {
  return JOB_STATUS_OPTIONS.find(({ value }) => value === status)?.label ?? status;
}

function Figures({ summary }: { readonly summary: ReturnType<typeof summariseJobs> }) {
  const { seconds, succeededShare, unpriced } = summary;
  return (
    <dl className={styles["figures"]}>
      <div>
        <dt>Spent</dt>
        <dd>{`${unpriced > 0 ? "≥ " : ""}${formatUsd(summary.usd)}`}</dd>
        <dd>
          {unpriced > 0 ? `${formatCount(unpriced)} without a known price` : "by what providers report"}
        </dd>
      </div>
      <div>
        <dt>Jobs</dt>
        <dd>{formatCount(summary.jobs)}</dd>
        <dd>
          {succeededShare === undefined
            ? "none ended yet"
            : `${(succeededShare * 100).toFixed(1)} % succeeded`}
        </dd>
      </div>
      <div>
        <dt>Median time</dt>
        <dd>{seconds === undefined ? "—" : formatSeconds(seconds.p50)}</dd>
        <dd>half of the jobs are faster</dd>
      </div>
      <div>
        <dt>Slow ones</dt>
        <dd>{seconds === undefined ? "—" : formatSeconds(seconds.p90)}</dd>
        <dd>
          {seconds === undefined
            ? "none succeeded yet"
            : `9 of 10 are faster; 99 of 100 than ${formatSeconds(seconds.p99)}`}
        </dd>
      </div>
    </dl>
  );
}
