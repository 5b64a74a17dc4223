/**
 * One line of the table. `ratio` is better when higher and must reach `atLeast`: throughput against a peer's, or, where
 * less is better, the peer's or the limit's figure against ours.
 */
export interface Measurement {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number;
  readonly atLeast: number;
  readonly pass: boolean;
}

export function measurement(line: Omit<Measurement, "pass">): Measurement {
  return { ...line, pass: line.ratio >= line.atLeast };
}

/** The measurements as text in columns. */
export function tableOf(measurements: readonly Measurement[]): string {
  const rows = [
    ["measure", "value", "unit", "ratio", "at least", "pass"],
    ...measurements.map(({ measure, value, unit, ratio, atLeast, pass }) => [
      measure,
      digits(value),
      unit,
      digits(ratio),
      digits(atLeast),
      pass ? "yes" : "no",
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .map((row) => `${row}\n`)
    .join("");
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3)).toString();
}
