import { Slider } from "@mantine/core";
import { useId } from "react";
import type { NumberRange } from "../../../api/param-field.ts";
import styles from "./create-form.module.css";

interface SliderFieldProps {
  readonly label: string;
  readonly range: NumberRange;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function SliderField({ label, range, value, onChange }: SliderFieldProps) {
  const id = useId();
  return (
    <div className={styles["slider"]}>
      <div className={styles["sliderHead"]}>
        <span id={id}>{label}</span>
        <span className={styles["sliderValue"]}>{Number(value.toFixed(2))}</span>
      </div>
      <div className={styles["sliderBody"]}>
        <Slider
          min={range.min}
          max={range.max}
          step={range.step}
          value={value}
          onChange={(next) => onChange(Number(next.toFixed(4)))}
          thumbProps={{ "aria-labelledby": id }}
        />
      </div>
    </div>
  );
}
