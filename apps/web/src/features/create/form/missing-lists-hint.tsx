import { missingLists, type Wildcards } from "./expand-prompt.ts";
import styles from "./prompt.module.css";

/** Says that a wildcard has no list, before its name is sent as it is written. */
export function MissingListsHint({ prompt, wildcards }: { prompt: string; wildcards: Wildcards }) {
  const names = missingLists(prompt, wildcards);
  return (
    <output className={styles["hint"]}>
      {names.length > 0 &&
        `There is no wildcard list called ${names.map((name) => `“${name}”`).join(" or ")}: it is sent as it is written.`}
    </output>
  );
}
