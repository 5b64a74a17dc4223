const WIDTH = 86;
const HEIGHT = 28;

/** A line of values, oldest first, from nothing to the highest. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const highest = Math.max(...values, Number.MIN_VALUE);
  const points = values
    .map((value, index) => {
      const x = (index / Math.max(1, values.length - 1)) * WIDTH;
      const y = HEIGHT - 1 - (value / highest) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline fill="none" stroke="var(--accent)" strokeWidth="1.6" strokeLinejoin="round" points={points} />
    </svg>
  );
}
