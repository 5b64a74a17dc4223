import { Tooltip } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import styles from "./conflict-badge.module.css";

/** Marks a record that two devices changed; its details tell more. */
export function ConflictBadge() {
  return (
    <Tooltip label="Changed on two devices: open it to decide">
      <span className={styles["badge"]}>
        <IconArrowsSplit2 size={14} stroke={1.9} aria-hidden="true" />
        <span className="visually-hidden">Changed on two devices</span>
      </span>
    </Tooltip>
  );
}
