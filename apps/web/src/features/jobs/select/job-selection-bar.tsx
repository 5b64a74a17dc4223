import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconDownload, IconPlayerStop, IconRefresh, IconRepeat, IconTrash, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { formatCount } from "../../../domain/format.ts";
import { isActive } from "../../../domain/job-status.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { canFetch } from "../detail/can-fetch.ts";
import { saveJobs } from "../transfer/save-jobs.ts";
import { jobsOf } from "./job-bulk.ts";
import { RunAgainDialog } from "./run-again-dialog.tsx";
import styles from "./select.module.css";
import type { JobBulk } from "./use-job-bulk.ts";

interface JobSelectionBarProps {
  readonly ids: ReadonlySet<string>;
  readonly bulk: JobBulk;
  readonly onClear: () => void;
}

/** What can be done with the selected jobs. */
export function JobSelectionBar({ ids, bulk, onClear }: JobSelectionBarProps) {
  const client = useSyncClient();
  const [isAsking, setIsAsking] = useState(false);
  const jobs = jobsOf(client, ids);
  const icon = { size: 16, stroke: 1.7 };
  return (
    <div className={styles["bar"]} role="toolbar" aria-label="Selected jobs">
      <output className={styles["count"]}>
        <b>{formatCount(ids.size)}</b> selected
      </output>
      {jobs.some(isActive) && (
        <Button variant="subtle" leftSection={<IconPlayerStop {...icon} />} onClick={() => bulk.cancel(ids)}>
          Cancel
        </Button>
      )}
      <Button variant="subtle" leftSection={<IconRepeat {...icon} />} onClick={() => setIsAsking(true)}>
        Run again…
      </Button>
      {jobs.some(canFetch) && (
        <Button
          variant="subtle"
          leftSection={<IconRefresh {...icon} />}
          onClick={() => bulk.retryDownloads(ids)}
        >
          Retry downloads
        </Button>
      )}
      <Menu position="top">
        <Menu.Target>
          <Button variant="subtle" leftSection={<IconDownload {...icon} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => saveJobs(jobs, "csv")}>CSV</Menu.Item>
          <Menu.Item onClick={() => saveJobs(jobs, "json")}>JSON</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="subtle"
        leftSection={<IconTrash {...icon} />}
        title="Move to the trash (Del)"
        onClick={() => {
          bulk.trash(ids);
          onClear();
        }}
      >
        Delete
      </Button>
      <Tooltip label="Select nothing (Esc)">
        <ActionIcon variant="subtle" size={32} aria-label="Select nothing" onClick={onClear}>
          <IconX {...icon} />
        </ActionIcon>
      </Tooltip>
      {isAsking && (
        <RunAgainDialog
          jobs={jobs}
          onClose={(isDone) => {
            setIsAsking(false);
            if (isDone) onClear();
          }}
        />
      )}
    </div>
  );
}
