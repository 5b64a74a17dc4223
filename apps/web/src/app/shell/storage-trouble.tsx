import { Button } from "@mantine/core";
import { useState } from "react";
import { formatBytes } from "../../domain/format.ts";
import { saveOutbox } from "../../sync/save-outbox.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useStorageRoom } from "../../sync/use-storage-room.ts";
import { useSyncStatus } from "../../sync/use-sync-status.ts";
import styles from "./save-panel.module.css";

/** What is wrong with this browser's own storage and the way out; nothing while it works. */
export function StorageTrouble() {
  const client = useSyncClient();
  const status = useSyncStatus();
  const fault = client.storageFault();
  if (fault?.mendable === true) return <BrokenStorage reason={fault.reason} />;
  if (status.state === "not-saved" && status.cause === "full") return <FullStorage />;
  if (fault !== undefined) return <p className={styles["memory"]}>{fault.reason}</p>;
  if (client.storageKind() === "disk") return null;
  return (
    <p className={styles["memory"]}>
      This window is private, or its storage is refused: what is here is gone when it closes.
    </p>
  );
}

type Step = "asked" | "working" | "failed";

function BrokenStorage({ reason }: { reason: string }) {
  const client = useSyncClient();
  const [step, setStep] = useState<Step>("asked");
  const rebuild = async () => {
    setStep("working");
    try {
      await saveOutbox(client);
      await client.rebuildStorage();
      if (client.storageKind() === "memory") window.location.reload();
    } catch {
      // Everything is as it was; the status goes on to say why.
      setStep("failed");
    }
  };
  return (
    <div className={styles["trouble"]}>
      <p>{reason}</p>
      <p>
        Safelight can save what is only here to a file, make this browser&rsquo;s copy anew, and go on with
        what can be read of it. The server&rsquo;s data is not touched.
      </p>
      {step === "failed" && (
        <p className={styles["memory"]}>
          That did not work, and nothing was changed. Close other tabs of Safelight and try again, or restart
          the browser.
        </p>
      )}
      <div className={styles["actions"]}>
        <Button size="xs" variant="filled" loading={step === "working"} onClick={() => void rebuild()}>
          Save what waits and rebuild
        </Button>
      </div>
    </div>
  );
}

function FullStorage() {
  const client = useSyncClient();
  const room = useStorageRoom();
  return (
    <div className={styles["trouble"]}>
      <p>
        {room === undefined
          ? ""
          : `This browser uses ${formatBytes(room.usedBytes)} of ${formatBytes(room.quotaBytes)} for Safelight. `}
        Cached pictures were let go of already. Free space on this device&rsquo;s disk, or in the
        browser&rsquo;s settings; what is not kept yet is tried again by itself. Do not close this tab before.
      </p>
      <div className={styles["actions"]}>
        <Button size="xs" variant="filled" onClick={() => client.nudge()}>
          Try again now
        </Button>
      </div>
    </div>
  );
}
