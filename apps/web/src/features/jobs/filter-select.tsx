import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import styles from "./job-filters.module.css";

interface FilterSelectProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A filter that says what it is set to: "Status Any". */
export function FilterSelect({ label, options, value, onChange }: FilterSelectProps) {
  const current = options.find((option) => option.value === value);
  const all = [{ value: undefined, label: "Any" }, ...options];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles["select"]}>
          {label} <b>{current?.label ?? "Any"}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {all.map((option) => (
          <Menu.Item
            key={option.label}
            onClick={() => onChange(option.value)}
            rightSection={option.value === value ? <IconCheck size={15} aria-label="chosen" /> : undefined}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
