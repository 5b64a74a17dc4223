import styles from "./logo.module.css";

/** The safelight: the one lamp that may burn in a darkroom. */
export function Logo({ size }: { size: number }) {
  return <div className={styles["logo"]} style={{ width: size, height: size }} aria-hidden="true" />;
}
