import { Button } from "@mantine/core";
import { jsonEqual } from "@safelight/shared";
import { type ReactNode, useState } from "react";
import { useRecordHistory } from "../api/use-record-history.ts";
import { writerWords } from "../domain/conflict-sides.ts";
import type { ChangeElsewhere } from "../sync/use-draft.ts";
import { useRecord } from "../sync/use-record.ts";
import styles from "./changed-elsewhere.module.css";

interface ChangedElsewhereProps {
  readonly change: ChangeElsewhere;
  /** What the other device made of it. */
  readonly children: ReactNode;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Stands below what is being typed when it was changed elsewhere meanwhile: neither takes the other's place unasked. */
export function ChangedElsewhere({ change, children, onKeepMine, onTakeTheirs }: ChangedElsewhereProps) {
  return (
    <output className={styles["notice"]}>
      <p>
        <b>Changed on another device</b>
        <Writer key={JSON.stringify(change)} change={change} /> while you were typing. Yours is kept here;
        both stay in the history.
      </p>
      <blockquote>{children}</blockquote>
      <div className={styles["actions"]}>
        <Button size="xs" onClick={onKeepMine}>
          Keep mine
        </Button>
        <Button size="xs" onClick={onTakeTheirs}>
          Take theirs
        </Button>
      </div>
    </output>
  );
}

/** Which one, once the history has told. */
function Writer({ change: { collection, id, field, value } }: { change: ChangeElsewhere }) {
  const record = useRecord(collection, id);
  // What is typed meanwhile does not change who wrote this.
  const [rev] = useState(record?.rev);
  const versions = useRecordHistory(collection, id, rev);
  const version = versions.find(
    ({ fields, record: held }) => fields.includes(field) && jsonEqual(held?.[field] ?? null, value),
  );
  return version === undefined ? null : ` (${writerWords(version.by)})`;
}
