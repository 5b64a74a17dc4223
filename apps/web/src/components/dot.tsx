import type { Tone } from "../domain/status-words.ts";
import styles from "./dot.module.css";

/** A dot of colour; always beside the words that say the same. */
export function Dot({ tone, busy = false }: { tone: Tone; busy?: boolean }) {
  return (
    <i
      className={styles["dot"]}
      data-busy={busy}
      style={{ background: `var(--${tone})` }}
      aria-hidden="true"
    />
  );
}
