import type { ReactNode } from "react";
import styles from "./row-list.module.css";

interface Row {
  readonly key: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly end?: ReactNode;
}

/** Lines of a title, a detail and something at the end. */
export function RowList({ rows, label }: { rows: readonly Row[]; label: string }) {
  return (
    <ul className={styles["list"]} aria-label={label}>
      {rows.map(({ key, title, detail, end }) => (
        <li key={key}>
          <span className={styles["title"]}>{title}</span>
          {detail !== undefined && <span className={styles["detail"]}>{detail}</span>}
          {end !== undefined && <span className={styles["end"]}>{end}</span>}
        </li>
      ))}
    </ul>
  );
}
