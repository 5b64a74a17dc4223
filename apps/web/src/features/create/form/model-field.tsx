import { Select } from "@mantine/core";
import styles from "./create-form.module.css";
import type { Choice } from "./form-state.ts";

interface ModelFieldProps {
  readonly choices: readonly Choice[];
  readonly choice: Choice | undefined;
  readonly onChange: (choice: Choice) => void;
}

const keyOf = ({ provider, model }: Choice) => `${provider.id}/${model.id}`;
const priceOf = ({ provider }: Choice) => (provider.paid ? "paid" : "free");

export function ModelField({ choices, choice, onChange }: ModelFieldProps) {
  const byKey = new Map(choices.map((each) => [keyOf(each), each]));
  return (
    <Select
      label="Provider and model"
      data={choices.map((each) => ({
        value: keyOf(each),
        label: `${each.provider.name} · ${each.model.name}`,
      }))}
      value={choice === undefined ? null : keyOf(choice)}
      onChange={(key) => {
        const next = key === null ? undefined : byKey.get(key);
        if (next !== undefined) onChange(next);
      }}
      rightSection={choice !== undefined && <span className={styles["price"]}>{priceOf(choice)}</span>}
      rightSectionWidth={48}
      renderOption={({ option }) => {
        const each = byKey.get(option.value);
        return (
          <span className={styles["option"]}>
            <span>{option.label}</span>
            <span>{each === undefined ? "" : priceOf(each)}</span>
          </span>
        );
      }}
      nothingFoundMessage="No provider makes this"
    />
  );
}
