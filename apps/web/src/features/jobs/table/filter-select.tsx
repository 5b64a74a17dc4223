import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import styles from "./job-filters.module.css";

interface FilterSelectProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly note?: string }[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A filter that says what it is set to: "Status Any". */
export function FilterSelect({ label, options, value, onChange }: FilterSelectProps) {
  const current = options.find((option) => option.value === value);
  const all = [{ value: undefined, label: "Any", note: undefined }, ...options];
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={styles["select"]} data-on={value !== undefined || undefined}>
          {label} <b>{current?.label ?? value ?? "Any"}</b>
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles["options"]}>
        {all.map((option) => (
          <Menu.Item
            key={option.value ?? ""}
            onClick={() => onChange(option.value)}
            rightSection={
              option.value === value ? (
                <IconCheck size={15} aria-label="chosen" />
              ) : (
                option.note !== undefined && <span className={styles["note"]}>{option.note}</span>
              )
            }
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
