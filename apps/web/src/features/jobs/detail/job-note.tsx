import type { Job } from "@safelight/shared";
import type { ReactNode } from "react";
import { useSyncStatus } from "../../../sync/use-sync-status.ts";
import styles from "./job-detail.module.css";
import { UnknownActions } from "./unknown-actions.tsx";

/** What a person should know about a job that does not simply go on: why, and what follows. */
export function JobNote({ job, providerName }: { job: Job; providerName: string }) {
  const status = useSyncStatus();
  if (job.status === "unknown") {
    const [title, more] = headAndRest(job.error?.message ?? "The answer to the submit was lost.");
    return (
      <Note tone="warn" title={title}>
        {more === ""
          ? `${providerName} may have taken this job and charged for it. Safelight will not send it again by itself.`
          : more}
        <UnknownActions job={job} providerName={providerName} />
      </Note>
    );
  }
  if (job.status === "failed") {
    return (
      <Note tone="bad" title={job.error?.message ?? "The job failed."}>
        {job.error === undefined ? "The provider gave no reason." : `Code: ${job.error.code}`}
      </Note>
    );
  }
  if (job.status === "queued" && job.number === undefined && status.state === "on-device") {
    return (
      <Note tone="info" title="This job waits on this device.">
        It goes to the server by itself when it is back, and runs then.
      </Note>
    );
  }
  return null;
}

/** What happened, and what is said of it further. */
function headAndRest(message: string): readonly [head: string, rest: string] {
  const end = message.indexOf(". ");
  return end === -1 ? [message, ""] : [message.slice(0, end + 1), message.slice(end + 2)];
}

function Note(props: {
  readonly tone: "warn" | "bad" | "info";
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles["note"]} style={{ ["--tone" as string]: `var(--${props.tone})` }}>
      <b>{props.title}</b>
      <div>{props.children}</div>
    </div>
  );
}
