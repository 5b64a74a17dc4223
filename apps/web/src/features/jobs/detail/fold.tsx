import type { ReactNode } from "react";
import styles from "./job-detail.module.css";

interface FoldProps {
  readonly title: string;
  readonly note?: string;
  /** At first. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

/** A part of the detail that can be folded away. */
export function Fold({ title, note, isOpen = false, children }: FoldProps) {
  return (
    <details className={styles["fold"]} open={isOpen}>
      <summary>
        {title}
        {note !== undefined && <span>{note}</span>}
      </summary>
      {children}
    </details>
  );
}
