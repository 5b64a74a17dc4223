import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { formatDay } from "../../../domain/format.ts";
import styles from "./analytics.module.css";

export interface DayBar {
  readonly day: string;
  readonly value: number;
  /** The part of `value` that is drawn apart, such as failures. */
  readonly part?: number;
}

interface DayChartProps {
  readonly title: string;
  readonly bars: readonly DayBar[];
  readonly shape: "bars" | "area";
  readonly format: (value: number) => string;
  readonly partName?: string;
}

const HEIGHT = 128;
/** More bars than this cannot be told apart: neighbours are drawn as one. */
const MAX_BARS = 120;

/** Values by day, the highest as the scale; what stands under the pointer or the focus is said in words. */
export function DayChart({ title, bars, shape, format, partName }: DayChartProps) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number>();
  const shown = groupBars(bars, shape);
  const highest = Math.max(...shown.map(({ value }) => value), 0);
  const step = shown.length === 0 ? 0 : width / shown.length;
  const current = at === undefined ? undefined : shown[at];
  const last = shown.at(-1);
  const move = (next: number) => setAt(Math.min(shown.length - 1, Math.max(0, next)));
  const words =
    current === undefined
      ? `highest ${format(highest)}`
      : `${formatDay(current.day)}: ${format(current.value)}${current.part === undefined || current.part === 0 || partName === undefined ? "" : `, ${format(current.part)} ${partName}`}`;
  return (
    <figure className={styles["chart"]}>
      <figcaption>
        <span>{title}</span>
        <output>{words}</output>
      </figcaption>
      <div
        ref={ref}
        className={styles["plot"]}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot hold a drawing
        role="slider"
        aria-label={`${title} by day`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, shown.length - 1)}
        aria-valuenow={at ?? Math.max(0, shown.length - 1)}
        aria-valuetext={words}
        tabIndex={0}
        onPointerMove={(event) => {
          const { left } = event.currentTarget.getBoundingClientRect();
          if (step > 0) move(Math.floor((event.clientX - left) / step));
        }}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
        onKeyDown={(event) => {
          const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
          if (by === 0) return;
          event.preventDefault();
          move(at === undefined ? (by > 0 ? 0 : shown.length - 1) : at + by);
        }}
      >
        <svg width="100%" height={HEIGHT} aria-hidden="true">
          <line x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={styles["axis"]} />
          {shape === "bars"
            ? shown.map((bar, index) => (
                <Bar
                  key={bar.day}
                  bar={bar}
                  x={index * step}
                  width={step}
                  highest={highest}
                  isCurrent={index === at}
                />
              ))
            : width > 0 && <path d={areaOf(shown, step, highest)} className={styles["area"]} />}
        </svg>
      </div>
      <div className={styles["ends"]} aria-hidden="true">
        <span>{shown[0] === undefined ? "" : formatDay(shown[0].day)}</span>
        <span>{last === undefined || shown.length < 2 ? "" : formatDay(last.day)}</span>
      </div>
    </figure>
  );
}

interface BarProps {
  readonly bar: DayBar;
  readonly x: number;
  readonly width: number;
  readonly highest: number;
  readonly isCurrent: boolean;
}

function Bar({ bar, x, width, highest, isCurrent }: BarProps) {
  const heightOf = (value: number) => (highest === 0 ? 0 : (value / highest) * (HEIGHT - 6));
  const whole = bar.value > 0 ? Math.max(2, heightOf(bar.value)) : 0;
  const part = Math.min(whole, heightOf(bar.part ?? 0));
  const inner = Math.max(1, width - Math.min(3, width * 0.25));
  return (
    <g data-current={isCurrent || undefined} className={styles["bar"]}>
      <rect x={x} y={HEIGHT - whole} width={inner} height={whole - part} rx="1.5" />
      {part > 0 && <rect x={x} y={HEIGHT - part} width={inner} height={part} data-part />}
    </g>
  );
}

function areaOf(bars: readonly DayBar[], step: number, highest: number): string {
  const y = (value: number) => HEIGHT - (highest === 0 ? 0 : (value / highest) * (HEIGHT - 6));
  const points = bars.map(
    ({ value }, index) => `${((index + 0.5) * step).toFixed(1)},${y(value).toFixed(1)}`,
  );
  const start = `0,${y(bars[0]?.value ?? 0).toFixed(1)}`;
  const end = `${(bars.length * step).toFixed(1)},${y(bars.at(-1)?.value ?? 0).toFixed(1)}`;
  return `M0,${HEIGHT} L${start} L${points.join(" L")} L${end} L${(bars.length * step).toFixed(1)},${HEIGHT} Z`;
}

/** Neighbouring days as one, named by the first: sums of bars, the last value of an area. */
function groupBars(bars: readonly DayBar[], shape: DayChartProps["shape"]): readonly DayBar[] {
  const size = Math.ceil(bars.length / MAX_BARS);
  if (size <= 1) return bars;
  return Array.from({ length: Math.ceil(bars.length / size) }, (_, index) => {
    const group = bars.slice(index * size, (index + 1) * size);
    const sum = (of: (bar: DayBar) => number) => group.reduce((total, bar) => total + of(bar), 0);
    const value = shape === "area" ? (group.at(-1)?.value ?? 0) : sum((bar) => bar.value);
    return { day: group[0]?.day ?? "", value, part: sum((bar) => bar.part ?? 0) };
  });
}
