import { ActionIcon, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { formatCount } from "../domain/format.ts";
import styles from "./selection-toolbar.module.css";

interface SelectionToolbarProps {
  readonly label: string;
  readonly count: number;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** How many are selected, and what can be done with them; over the foot of what they are selected in. */
export function SelectionToolbar({ label, count, onClear, children }: SelectionToolbarProps) {
  return (
    <div className={styles["bar"]} role="toolbar" aria-label={label}>
      <output className={styles["count"]}>
        <b>{formatCount(count)}</b> selected
      </output>
      {children}
      <Tooltip label="Select nothing (Esc)">
        <ActionIcon variant="subtle" size={32} aria-label="Select nothing" onClick={onClear}>
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
