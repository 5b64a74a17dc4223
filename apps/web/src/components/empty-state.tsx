import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** What a screen says when it has nothing to show, and what can be done about it. */
export function EmptyState({ title, text, action }: { title: string; text: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles["empty"]}>
      <h2>{title}</h2>
      <p>{text}</p>
      {action !== undefined && <div className={styles["action"]}>{action}</div>}
    </div>
  );
}
