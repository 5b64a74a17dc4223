import { Button } from "@mantine/core";
import { Dot } from "../../components/dot.tsx";
import { formatTime } from "../../domain/format.ts";
import { statusWords } from "../../domain/status-words.ts";
import { saveOutbox } from "../../sync/save-outbox.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useAttention } from "../../sync/use-attention.ts";
import { useLink } from "../../sync/use-link.ts";
import { useSyncStatus } from "../../sync/use-sync-status.ts";
import type { UploadProgress } from "../../sync/use-upload-progress.ts";
import { useWaiting } from "../../sync/use-waiting.ts";
import { AttentionList } from "./attention-list.tsx";
import { ConflictList } from "./conflict-list.tsx";
import styles from "./save-panel.module.css";
import { StorageTrouble } from "./storage-trouble.tsx";
import { WaitingList } from "./waiting-list.tsx";

/** What stands behind the save status, and what can be done about it. */
export function SavePanel({ uploads }: { uploads: UploadProgress | undefined }) {
  const status = useSyncStatus();
  const { words, tone, detail } = statusWords(status, formatTime, useLink());
  return (
    <div className={styles["panel"]}>
      <h2>
        <Dot tone={tone} />
        {words}
      </h2>
      <p>{detail}</p>
      <StorageTrouble />
      <Actions />
      <AttentionList />
      <ConflictList />
      <WaitingList uploads={uploads} />
    </div>
  );
}

function Actions() {
  const client = useSyncClient();
  const status = useSyncStatus();
  const waiting = useWaiting();
  const attention = useAttention();
  const link = useLink();
  const waits = waiting.mutations.length + waiting.blobs.length > 0;
  const isBarred = link === "signed-out" || link === "outdated";
  if (!waits && attention.length === 0 && !isBarred) return null;
  return (
    <div className={styles["actions"]}>
      {link === "signed-out" && (
        <Button size="xs" variant="filled" component="a" href="/login">
          Sign in
        </Button>
      )}
      {link === "outdated" && (
        <Button size="xs" variant="filled" onClick={() => window.location.reload()}>
          Reload
        </Button>
      )}
      {waits && !isBarred && (
        <Button size="xs" onClick={() => client.nudge()}>
          {status.state === "not-saved" ? "Try again" : "Send now"}
        </Button>
      )}
      {waits || attention.length > 0 ? (
        <Button size="xs" onClick={() => void saveOutbox(client)}>
          Save a copy to a file
        </Button>
      ) : null}
    </div>
  );
}
