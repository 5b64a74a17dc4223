import { Button } from "@mantine/core";
import type { AttentionItem } from "@safelight/sync";
import { Dot } from "../../components/dot.tsx";
import { counted, formatTime } from "../../domain/format.ts";
import { statusWords } from "../../domain/status-words.ts";
import { saveOutbox } from "../../sync/save-outbox.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useAttention } from "../../sync/use-attention.ts";
import { useSyncStatus } from "../../sync/use-sync-status.ts";
import styles from "./save-panel.module.css";

/** What stands behind the save status, and what can be done about it. */
export function SavePanel() {
  const client = useSyncClient();
  const status = useSyncStatus();
  const attention = useAttention();
  const { words, tone, detail } = statusWords(status, formatTime);
  const waiting = "waiting" in status ? status.waiting : 0;
  const signedOut = status.state === "on-device" && status.reason === "signed-out";
  return (
    <div className={styles["panel"]}>
      <h2>
        <Dot tone={tone} />
        {words}
      </h2>
      <p>{detail}</p>
      {client.storageKind() === "memory" && (
        <p className={styles["memory"]}>
          This window is private, or its storage is refused: what is here is gone when it closes.
        </p>
      )}
      {waiting > 0 && <Waiting waiting={waiting} signedOut={signedOut} />}
      {attention.length > 0 && (
        <ul className={styles["list"]}>
          {attention.map((item) => (
            <AttentionRow key={item.n} item={item} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Waiting({ waiting, signedOut }: { waiting: number; signedOut: boolean }) {
  const client = useSyncClient();
  return (
    <div className={styles["row"]}>
      <span>{counted(waiting, "change")} waiting</span>
      <Button size="xs" onClick={() => void saveOutbox(client)}>
        Save a copy
      </Button>
      {signedOut ? (
        <Button size="xs" variant="filled" component="a" href="/login">
          Sign in
        </Button>
      ) : (
        <Button size="xs" onClick={() => client.nudge()}>
          Send now
        </Button>
      )}
    </div>
  );
}

const OPS = { create: "New", update: "Edit of", delete: "Deletion of", restore: "Restoring of" } as const;

function AttentionRow({ item }: { item: AttentionItem }) {
  const client = useSyncClient();
  return (
    <li>
      <strong>
        {OPS[item.op]} {item.collection} · {formatTime(item.at)}
      </strong>
      <span>{item.message}</span>
      {item.path !== "" && <code>{item.path}</code>}
      <div className={styles["actions"]}>
        <Button size="xs" variant="filled" onClick={() => void client.retryAttention(item.n)}>
          Try again
        </Button>
        <Button size="xs" onClick={() => void client.discardAttention(item.n)}>
          Discard this change
        </Button>
      </div>
    </li>
  );
}
