import { Tooltip } from "@mantine/core";
import type { CollectionName } from "@safelight/shared";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useConflict } from "../sync/use-conflicts.ts";
import styles from "./conflict-badge.module.css";

/** Marks a record that two devices changed; its details tell more. Nothing without a conflict. */
export function ConflictBadge({ collection, id }: { collection: CollectionName; id: string }) {
  if (useConflict(collection, id) === undefined) return null;
  return (
    <Tooltip label="Changed on two devices: open it to decide">
      <span className={styles["badge"]}>
        <IconArrowsSplit2 size={14} stroke={1.9} aria-hidden="true" />
        <span className="visually-hidden">Changed on two devices</span>
      </span>
    </Tooltip>
  );
}
