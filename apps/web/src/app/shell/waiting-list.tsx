import type { SyncClient, WaitingBlob, WaitingMutation } from "@safelight/sync";
import { ProgressBar } from "../../components/progress-bar.tsx";
import { describeChange } from "../../domain/describe-change.ts";
import { counted, formatBytes, formatTime } from "../../domain/format.ts";
import { quoted } from "../../domain/record-name.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import type { UploadProgress } from "../../sync/use-upload-progress.ts";
import { useWaiting } from "../../sync/use-waiting.ts";
import styles from "./save-panel.module.css";

const MAX_SHOWN = 20;

const STAGES: Readonly<Record<WaitingMutation["stage"], string>> = {
  memory: "not kept yet",
  disk: "on this device",
  sent: "sent, no answer yet",
  acknowledged: "arrived",
};

/** What is on this device alone, in a few words each. */
export function WaitingList({ uploads }: { uploads: UploadProgress | undefined }) {
  const client = useSyncClient();
  const { mutations, blobs } = useWaiting();
  if (mutations.length + blobs.length === 0) return null;
  const hidden = Math.max(0, mutations.length - MAX_SHOWN);
  return (
    <section className={styles["part"]} aria-label="What waits">
      <h3>Waiting</h3>
      <ul className={styles["rows"]}>
        {mutations.slice(0, MAX_SHOWN).map((mutation) => (
          <li key={mutation.n}>
            <span>{describeChange(mutation, client.get(mutation.collection, mutation.id))}</span>
            <small data-stage={mutation.stage}>
              {STAGES[mutation.stage]} · {formatTime(mutation.since)}
            </small>
          </li>
        ))}
        {hidden > 0 && <li className={styles["more"]}>and {counted(hidden, "more change")}</li>}
        {blobs.slice(0, MAX_SHOWN).map((blob) => (
          <li key={blob.sha256}>
            <span>Upload of {nameOfBlob(client, blob)}</span>
            <small>{blob.refused === undefined ? sizeWords(blob) : "refused"}</small>
          </li>
        ))}
      </ul>
      {uploads !== undefined && (
        <div className={styles["uploads"]}>
          <ProgressBar value={uploads.doneBytes / Math.max(1, uploads.totalBytes)} label="Uploads" />
          <small>
            {formatBytes(uploads.doneBytes)} of {formatBytes(uploads.totalBytes)} uploaded
          </small>
        </div>
      )}
    </section>
  );
}

function sizeWords({ sizeBytes, sentBytes }: WaitingBlob): string {
  const size = formatBytes(sizeBytes);
  return sentBytes === undefined ? size : `${formatBytes(sentBytes)} of ${size}`;
}

function nameOfBlob(client: SyncClient, { sha256 }: WaitingBlob): string {
  const content = client.list("contents").find(({ blob }) => blob?.sha256 === sha256);
  const name = content?.title ?? content?.blob?.name;
  return name === undefined ? "a file" : quoted(name);
}
