import { Kbd } from "@mantine/core";
import { isMac } from "./is-mac.ts";
import styles from "./shortcut-list.module.css";
import { SHORTCUTS } from "./shortcuts.ts";

/** Every keyboard shortcut, by where it works. */
export function ShortcutList() {
  const mod = isMac() ? "⌘" : "Ctrl";
  return (
    <div className={styles["list"]}>
      {SHORTCUTS.map(({ title, shortcuts }) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ keys, what }) => (
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
        </section>
      ))}
    </div>
  );
}
