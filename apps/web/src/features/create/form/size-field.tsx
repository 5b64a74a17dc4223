import { Button, Input, NumberInput, Popover, Select } from "@mantine/core";
import { useId, useState } from "react";
import type { NumberRange } from "../../../api/param-field.ts";
import styles from "./create-form.module.css";
import type { FormKind } from "./form-state.ts";
import { sizePresets } from "./size-presets.ts";

interface SizeFieldProps {
  readonly kind: FormKind;
  readonly width: number;
  readonly height: number;
  readonly widthRange: NumberRange;
  readonly heightRange: NumberRange;
  readonly onChange: (size: { readonly width: number; readonly height: number }) => void;
}

const CUSTOM = "custom";
const words = (width: number, height: number) => `${width} × ${height}`;

/** The size: a preset, or any that the model takes. */
export function SizeField({ kind, width, height, widthRange, heightRange, onChange }: SizeFieldProps) {
  const [custom, setCustom] = useState(false);
  const label = useId();
  const presets = sizePresets(kind, widthRange, heightRange);
  const current = words(width, height);
  const named = presets.map((preset) => words(preset.width, preset.height));
  return (
    <Popover opened={custom} onChange={setCustom} position="bottom-start" width={280} trapFocus>
      <Popover.Target>
        <div>
          <Select
            label="Size"
            maxDropdownHeight={340}
            data={[
              ...(named.includes(current) ? [] : [{ value: current, label: current }]),
              ...named.map((name) => ({ value: name, label: name })),
              { value: CUSTOM, label: "Custom…" },
            ]}
            value={current}
            onChange={(value) => {
              if (value === CUSTOM) {
                // After the list has given the focus back.
                setTimeout(() => setCustom(true), 0);
                return;
              }
              const preset = presets.find((each) => words(each.width, each.height) === value);
              if (preset !== undefined) onChange(preset);
            }}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-labelledby={label}>
        <div className={styles["custom"]}>
          <SizeNumber
            label="Width"
            range={widthRange}
            value={width}
            onChange={(next) => onChange({ width: next, height })}
          />
          <span aria-hidden="true">×</span>
          <SizeNumber
            label="Height"
            range={heightRange}
            value={height}
            onChange={(next) => onChange({ width, height: next })}
          />
          <Input.Description id={label}>
            {widthRange.min} to {widthRange.max}
          </Input.Description>
          <span />
          <Button size="xs" onClick={() => setCustom(false)}>
            Done
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function SizeNumber(props: {
  readonly label: string;
  readonly range: NumberRange;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, range, value, onChange } = props;
  return (
    <NumberInput
      label={label}
      min={range.min}
      max={range.max}
      step={range.step}
      clampBehavior="blur"
      allowDecimal={false}
      allowNegative={false}
      value={value}
      onChange={(next) =>
        typeof next === "number" && next >= range.min && next <= range.max && onChange(next)
      }
    />
  );
}
