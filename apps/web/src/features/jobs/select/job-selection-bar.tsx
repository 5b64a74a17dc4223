import { Button, Menu } from "@mantine/core";
import { IconDownload, IconPlayerStop, IconRefresh, IconRepeat, IconTrash } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { SelectionToolbar } from "../../../components/selection-toolbar.tsx";
import { isActive } from "../../../domain/job-status.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { canFetch } from "../detail/can-fetch.ts";
import { jobsOf } from "./job-bulk.ts";
import type { JobBulk } from "./use-job-bulk.ts";

const ExportItems = lazy(async () => ({
  default: (await import("../transfer/export-items.tsx")).ExportItems,
}));

interface JobSelectionBarProps {
  readonly ids: ReadonlySet<string>;
  readonly bulk: JobBulk;
  readonly onRunAgain: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected jobs. */
export function JobSelectionBar({ ids, bulk, onRunAgain, onClear }: JobSelectionBarProps) {
  const client = useSyncClient();
  const jobs = jobsOf(client, ids);
  const icon = { size: 16, stroke: 1.7 };
  return (
    <SelectionToolbar label="Selected jobs" count={ids.size} onClear={onClear}>
      {jobs.some(isActive) && (
        <Button variant="subtle" leftSection={<IconPlayerStop {...icon} />} onClick={() => bulk.cancel(ids)}>
          Cancel
        </Button>
      )}
      <Button variant="subtle" leftSection={<IconRepeat {...icon} />} onClick={onRunAgain}>
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
      <Menu position="top" width={150}>
        <Menu.Target>
          <Button variant="subtle" leftSection={<IconDownload {...icon} />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense fallback={null}>
            <ExportItems jobs={jobs} />
          </Suspense>
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
    </SelectionToolbar>
  );
}
