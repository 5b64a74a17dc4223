import { Kbd } from "@mantine/core";
import { isMac } from "./is-mac.ts";
import styles from "./shortcut-list.module.css";
import { SHORTCUTS } from "./shortcuts.ts";

export function ShortcutList() {
  const mod = isMac() ? "⌘" : "Ctrl";
  return (
    <dl className={styles["list"]}>
      {SHORTCUTS.map(({ keys, what }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {keys.map((key) => (
              <Kbd key={key}>{key === "mod" ? mod : key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
