import type { ReactNode } from "react";
import styles from "./page.module.css";

/** A room that is one column of sections. */
export function Page({ children }: { children: ReactNode }) {
  return (
    <div className={styles["scroller"]}>
      <div className={styles["page"]}>{children}</div>
    </div>
  );
}

/** A titled part of a page; `aside` stands at the right of the title, `id` is where links to it lead. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  id?: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} className={styles["section"]} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside !== undefined && <span>{aside}</span>}
      </header>
      {children}
    </section>
  );
}

/** What a room will do, said while it does not yet. */
export function ComingNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles["note"]}>
      <b>{title}</b>
      <p>{children}</p>
    </div>
  );
}

/** A quiet line where a list would be. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className={styles["nothing"]}>{children}</p>;
}
