import { Popover } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import styles from "./job-filters.module.css";

interface FilterPopoverProps {
  readonly label: string;
  /** What it is set to, in words; left out: anything. */
  readonly current: string | undefined;
  readonly presets: readonly {
    readonly label: string;
    readonly isOn: boolean;
    readonly choose: () => void;
  }[];
  /** Fields for a range of one's own. */
  readonly children: ReactNode;
}

/** A filter with ready ranges, and fields for any other. */
export function FilterPopover({ label, current, presets, children }: FilterPopoverProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles["select"]}
          data-on={current !== undefined || undefined}
          onClick={() => setIsOpen(!isOpen)}
        >
          {label} <b>{current ?? "Any"}</b>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles["popover"]}>
        {presets.map(({ label: words, isOn, choose }) => (
          <button
            key={words}
            type="button"
            className={styles["preset"]}
            aria-pressed={isOn}
            onClick={() => {
              choose();
              setIsOpen(false);
            }}
          >
            {words}
            {isOn && <IconCheck size={15} aria-hidden="true" />}
          </button>
        ))}
        <div className={styles["range"]}>{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
