import styles from "./progress-bar.module.css";

/** How far something is, 0 to 1; `label` says what, for those who do not see it. */
export function ProgressBar({ value, label }: { value: number; label: string }) {
  return <progress className={styles["bar"]} value={value} max={1} aria-label={label} />;
}
