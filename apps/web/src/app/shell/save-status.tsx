import { Popover } from "@mantine/core";
import { Dot } from "../../components/dot.tsx";
import { formatTime } from "../../domain/format.ts";
import { statusWords } from "../../domain/status-words.ts";
import { useConflicts } from "../../sync/use-conflicts.ts";
import { useLink } from "../../sync/use-link.ts";
import { useSyncStatus } from "../../sync/use-sync-status.ts";
import { useUploadProgress } from "../../sync/use-upload-progress.ts";
import { SavePanel } from "./save-panel.tsx";
import styles from "./top-bar.module.css";

/** The save status in words and a dot; opens what waits and what needs a person. */
export function SaveStatus() {
  const status = useSyncStatus();
  const link = useLink();
  const uploads = useUploadProgress();
  const conflicts = useConflicts().length;
  const { words, short, tone } = statusWords(status, formatTime, link);
  return (
    <>
      {link === "signed-out" && (
        <a className={styles["chip"]} data-strong href="/login">
          Sign in
        </a>
      )}
      <Popover position="bottom-end" width="min(400px, 100vw - 16px)" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={styles["chip"]} data-save-state={status.state}>
            <Dot tone={tone} busy={status.state === "saving"} />
            <span className={styles["long"]}>{words}</span>
            <span className={styles["short"]}>{short}</span>
            {conflicts > 0 && (
              <b className={styles["count"]}>
                {conflicts}
                <span className="visually-hidden"> changed on two devices</span>
              </b>
            )}
          </button>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <SavePanel uploads={uploads} />
        </Popover.Dropdown>
        <output className="visually-hidden">{words}</output>
      </Popover>
    </>
  );
}
