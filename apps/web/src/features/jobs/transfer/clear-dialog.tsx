import { Button, Modal } from "@mantine/core";
import type { Job } from "@safelight/shared";
import { useMemo } from "react";
import { counted } from "../../../domain/format.ts";
import { isActive } from "../../../domain/job-status.ts";
import styles from "../dialogs.module.css";

interface ClearDialogProps {
  readonly jobs: readonly Job[];
  readonly onClear: (ids: readonly string[]) => void;
  readonly onClose: () => void;
}

/** "Clear history": every job that has ended goes to the trash, from which it can be taken back. */
export function ClearDialog({ jobs, onClear, onClose }: ClearDialogProps) {
  const ended = useMemo(() => jobs.filter((job) => !isActive(job)), [jobs]);
  const open = jobs.length - ended.length;
  return (
    <Modal opened onClose={onClose} title="Clear the history" centered>
      <p className={styles["words"]}>
        {ended.length === 0
          ? "No job has ended yet."
          : `${counted(ended.length, "job")} that ended move to the trash. Their pictures stay in the library, and what they cost stays in the books.`}
        {open > 0 && ` ${counted(open, "job")} under way stay.`}
      </p>
      <div className={styles["buttons"]}>
        <Button onClick={onClose}>Keep them</Button>
        <Button
          variant="filled"
          disabled={ended.length === 0}
          onClick={() => {
            onClear(ended.map(({ id }) => id));
            onClose();
          }}
        >
          Clear {counted(ended.length, "job")}
        </Button>
      </div>
    </Modal>
  );
}
