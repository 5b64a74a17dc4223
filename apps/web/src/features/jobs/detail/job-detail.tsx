import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { Dot } from "../../../components/dot.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { isActive, jobStatusWords } from "../../../domain/job-status.ts";
import { useDeleteRecord } from "../../../sync/use-delete-record.tsx";
import { useRecord } from "../../../sync/use-record.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { curlOf } from "./curl-of.ts";
import styles from "./job-detail.module.css";
import { JobFacts } from "./job-facts.tsx";
import { JobNote } from "./job-note.tsx";
import { JobResults } from "./job-results.tsx";
import { JobTimeline } from "./job-timeline.tsx";
import { useRunAgain } from "./use-run-again.ts";

interface JobDetailProps {
  readonly jobId: string;
  readonly providerName: (id: string) => string;
  readonly onClose: () => void;
}

/** What is known about one job, and what can be done with it. */
export function JobDetail({ jobId, providerName, onClose }: JobDetailProps) {
  const client = useSyncClient();
  const job = useRecord("jobs", jobId);
  const deleteRecord = useDeleteRecord();
  const runAgain = useRunAgain();
  const clipboard = useClipboard({ timeout: 1600 });
  if (job === undefined) {
    return (
      <EmptyState
        title="This job is not on this device"
        text="It may not have arrived yet, or the address may be mistyped."
        action={<Button onClick={onClose}>Close</Button>}
      />
    );
  }
  const { word, tone } = jobStatusWords(job);
  const active = isActive(job);
  const inTrash = job.deletedAt !== undefined;
  return (
    <div className={styles["detail"]}>
      <header>
        <h2>{job.number === undefined ? "New job" : `Job ${job.number}`}</h2>
        <span
          className={styles["state"]}
          style={{ color: tone === "faint" ? "var(--muted)" : `var(--${tone})` }}
        >
          <Dot tone={tone} busy={active} />
          {word}
        </span>
        <Tooltip label="Close">
          <ActionIcon aria-label="Close the job" onClick={onClose}>
            <IconX size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={styles["body"]}>
        <JobNote job={job} providerName={providerName(job.provider)} />
        <JobFacts job={job} providerName={providerName(job.provider)} />
        <JobResults job={job} />
        <JobTimeline job={job} />
      </div>
      <footer>
        {inTrash ? (
          <Button variant="filled" onClick={() => client.restore("jobs", job.id)}>
            Take out of the trash
          </Button>
        ) : (
          <>
            {active ? (
              <Button
                disabled={job.cancelRequested === true}
                onClick={() => client.update("jobs", job.id, { cancelRequested: true })}
              >
                {job.cancelRequested === true ? "Canceling…" : "Cancel"}
              </Button>
            ) : (
              <Button onClick={() => runAgain(job)}>Run again</Button>
            )}
            <Button onClick={() => clipboard.copy(curlOf(job, window.location.origin))}>
              {clipboard.copied ? "Copied" : "Copy as curl"}
            </Button>
            {!active && (
              <Button
                ml="auto"
                onClick={() => {
                  deleteRecord("jobs", job.id, job.number === undefined ? "Job" : `Job ${job.number}`);
                  onClose();
                }}
              >
                Delete
              </Button>
            )}
          </>
        )}
      </footer>
    </div>
  );
}
