import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Viewed } from "@safelight/sync";
import { useModelName } from "../../../api/use-model-name.ts";
import { useProviderName } from "../../../api/use-provider-name.ts";
import { Dot } from "../../../components/dot.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { isActive, jobStatusWords } from "../../../domain/job-status.ts";
import { useRecord } from "../../../sync/use-record.ts";
import { JobActions } from "./job-actions.tsx";
import styles from "./job-detail.module.css";
import { JobExchange } from "./job-exchange.tsx";
import { JobFacts } from "./job-facts.tsx";
import { JobLog } from "./job-log.tsx";
import type { PlaceNames } from "./job-log-lines.ts";
import { JobNote } from "./job-note.tsx";
import { JobOutput } from "./job-output.tsx";
import { JobResults } from "./job-results.tsx";
import { JobTimeline } from "./job-timeline.tsx";
import { useJobLog } from "./use-job-log.ts";

interface JobDetailProps {
  readonly jobId: string;
  readonly providerName: (id: string) => string;
  readonly onClose: () => void;
}

/** What is known about one job, and what can be done with it. */
export function JobDetail({ jobId, providerName, onClose }: JobDetailProps) {
  const job = useRecord("jobs", jobId);
  if (job === undefined) {
    return (
      <EmptyState
        title="This job is not on this device"
        text="It may not have arrived yet, or the address may be mistyped."
        action={<Button onClick={onClose}>Close</Button>}
      />
    );
  }
  return <KnownJob job={job} providerName={providerName(job.provider)} onClose={onClose} />;
}

interface KnownJobProps {
  readonly job: Viewed<"jobs">;
  readonly providerName: string;
  readonly onClose: () => void;
}

function KnownJob({ job, providerName, onClose }: KnownJobProps) {
  const { word, tone } = jobStatusWords(job);
  const isLive = isActive(job);
  const names: PlaceNames = { provider: useProviderName(), model: useModelName() };
  const log = useJobLog(job.id, { isLive, rev: job.rev });
  return (
    <div className={styles["detail"]}>
      <header>
        <h2>{job.number === undefined ? "New job" : `Job ${job.number}`}</h2>
        <span
          className={styles["state"]}
          style={{ color: tone === "faint" ? "var(--muted)" : `var(--${tone})` }}
        >
          <Dot tone={tone} busy={isLive} />
          {word}
        </span>
        <Tooltip label="Close">
          <ActionIcon aria-label="Close the job" onClick={onClose}>
            <IconX size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={styles["body"]}>
        <JobNote job={job} providerName={providerName} />
        <JobFacts job={job} providerName={providerName} />
        <JobResults job={job} />
        <JobOutput job={job} />
        <JobTimeline job={job} lines={log.lines} names={names} />
        <div>
          <JobExchange job={job} />
          <JobLog lines={log.lines} names={names} isLive={isLive} />
        </div>
      </div>
      <JobActions job={job} onClose={onClose} />
    </div>
  );
}
