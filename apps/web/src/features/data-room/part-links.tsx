import styles from "./data.module.css";

const PARTS = [
  ["store", "Store"],
  ["storage", "Storage"],
  ["backups", "Backups"],
  ["history", "History"],
  ["trash", "Trash"],
  ["clear", "Clear all"],
] as const;

/** Ways to the parts of the room. */
export function PartLinks() {
  const goTo = (id: string) => {
    const part = document.getElementById(id);
    part?.scrollIntoView({ block: "start", behavior: "smooth" });
    part?.querySelector<HTMLElement>("button, input, a")?.focus({ preventScroll: true });
  };
  return (
    <nav className={styles["parts"]} aria-label="Parts of this room">
      {PARTS.map(([id, title]) => (
        <button key={id} type="button" onClick={() => goTo(id)}>
          {title}
        </button>
      ))}
    </nav>
  );
}
