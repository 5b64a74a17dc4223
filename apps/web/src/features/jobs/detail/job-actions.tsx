import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { Viewed } from "@safelight/sync";
import { IconTrash } from "@tabler/icons-react";
import { sendJson } from "../../../api/send-json.ts";
import { isActive } from "../../../domain/job-status.ts";
import { useSyncClient } from "../../../sync/sync-context.tsx";
import { useDeleteRecord } from "../../../sync/use-delete-record.ts";
import { canFetch } from "./can-fetch.ts";
import { curlOf } from "./curl-of.ts";
import styles from "./job-detail.module.css";
import { useAgainPrice } from "./use-again-price.ts";
import { useRunAgain } from "./use-run-again.ts";
import { useServerAct } from "./use-server-act.tsx";

/** What can be done with a job. */
export function JobActions({ job, onClose }: { job: Viewed<"jobs">; onClose: () => void }) {
  const client = useSyncClient();
  const deleteRecord = useDeleteRecord();
  const runAgain = useRunAgain();
  const clipboard = useClipboard({ timeout: 1600 });
  const fetching = useServerAct("The results could not be fetched");
  const active = isActive(job);
  const price = useAgainPrice(job.id, !active && job.deletedAt === undefined);
  if (job.deletedAt !== undefined) {
    return (
      <footer>
        <Button variant="filled" onClick={() => client.restore("jobs", job.id)}>
          Take out of the trash
        </Button>
      </footer>
    );
  }
  return (
    <footer>
      {canFetch(job) && (
        <Button
          variant="filled"
          loading={fetching.isBusy}
          onClick={() =>
            void fetching.act(() => sendJson(`/api/jobs/${encodeURIComponent(job.id)}/retry-download`))
          }
        >
          Retry the download · free
        </Button>
      )}
      {active ? (
        <Button
          disabled={job.cancelRequested === true}
          onClick={() => client.update("jobs", job.id, { cancelRequested: true })}
        >
          {job.cancelRequested === true ? "Canceling…" : "Cancel"}
        </Button>
      ) : (
        <Tooltip label={price?.refusal} disabled={price?.refusal === undefined} multiline maw={280}>
          <Button onClick={() => runAgain(job)}>
            Run again{price === undefined ? "" : ` · ${price.words}`}
          </Button>
        </Tooltip>
      )}
      <Button onClick={() => clipboard.copy(curlOf(job, window.location.origin))}>
        {clipboard.copied ? "Copied" : "Copy as curl"}
      </Button>
      {!active && (
        <Tooltip label="Delete">
          <ActionIcon
            size={36}
            ml="auto"
            aria-label="Delete"
            onClick={() => {
              deleteRecord("jobs", job.id, job.number === undefined ? "Job" : `Job ${job.number}`);
              onClose();
            }}
          >
            <IconTrash size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      {price?.refusal !== undefined && <p className={styles["refusal"]}>{price.refusal}</p>}
    </footer>
  );
}
