import { Menu } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { Job } from "@safelight/shared";
import { useNavigate } from "@tanstack/react-router";
import { ContextMenu } from "../../../components/context-menu.tsx";
import type { MenuPlace } from "../../../components/menu-place.ts";
import { counted } from "../../../domain/format.ts";
import { isActive } from "../../../domain/job-status.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { canFetch } from "../detail/can-fetch.ts";
import { curlOf } from "../detail/curl-of.ts";
import { jobTitle } from "../job-words.ts";
import { focusJobs } from "../table/focus-jobs.ts";
import { ExportItems } from "../transfer/export-items.tsx";
import { jobsOf } from "./job-bulk.ts";
import type { JobBulk } from "./use-job-bulk.ts";

interface JobMenuProps {
  readonly ids: ReadonlySet<string>;
  readonly place: MenuPlace;
  readonly bulk: JobBulk;
  readonly onOpen: (id: string) => void;
  readonly onRunAgain: () => void;
  /** They are selected no more: they left the table. */
  readonly onGone: () => void;
  readonly onClose: () => void;
}

/** What can be done with a job, or with all that are selected. */
export function JobMenu({ ids, place, bulk, onOpen, onRunAgain, onGone, onClose }: JobMenuProps) {
  const client = useSyncClient();
  const jobs = jobsOf(client, ids);
  const [first] = jobs;
  if (first === undefined) return null;
  const one = jobs.length === 1 ? first : undefined;
  return (
    <ContextMenu
      place={place}
      label={one === undefined ? counted(jobs.length, "job") : titleOf(one)}
      onClose={onClose}
      otherwise={focusJobs}
    >
      {one !== undefined && <Menu.Item onClick={() => onOpen(one.id)}>Open</Menu.Item>}
      {jobs.some(isActive) && <Menu.Item onClick={() => bulk.cancel(ids)}>Cancel</Menu.Item>}
      <Menu.Item onClick={onRunAgain}>Run again…</Menu.Item>
      {jobs.some(canFetch) && (
        <Menu.Item onClick={() => bulk.retryDownloads(ids)}>
          {one === undefined ? "Retry the downloads" : "Retry the download"}
        </Menu.Item>
      )}
      {one !== undefined && <OneItems job={one} />}
      <Menu.Divider />
      <ExportItems jobs={jobs} spelled />
      <Menu.Divider />
      <Menu.Item
        rightSection="Del"
        disabled={jobs.every(isActive)}
        onClick={() => {
          bulk.trash(ids);
          onGone();
        }}
      >
        Delete
      </Menu.Item>
    </ContextMenu>
  );
}

/** What only a single job can be asked for. */
function OneItems({ job }: { job: Job }) {
  const clipboard = useClipboard();
  const navigate = useNavigate();
  const client = useSyncClient();
  const result = job.results.find((id) => client.get("contents", id)?.deletedAt === undefined);
  return (
    <>
      {result !== undefined && (
        <Menu.Item onClick={() => void navigate({ to: "/create", search: { picture: result } })}>
          Show the result
        </Menu.Item>
      )}
      <Menu.Divider />
      {job.prompt !== "" && <Menu.Item onClick={() => clipboard.copy(job.prompt)}>Copy prompt</Menu.Item>}
      <Menu.Item onClick={() => clipboard.copy(curlOf(job, window.location.origin))}>Copy as curl</Menu.Item>
    </>
  );
}

function titleOf(job: Job): string {
  return job.number === undefined ? jobTitle(job) : `${job.number} · ${jobTitle(job)}`;
}
