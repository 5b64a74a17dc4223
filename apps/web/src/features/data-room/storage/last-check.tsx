import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Dot } from "../../../components/dot.tsx";
import { RowList } from "../../../components/row-list.tsx";
import { counted, formatBytes, formatDate } from "../../../domain/format.ts";
import type { LastCheck } from "./storage-report.ts";
import styles from "./storage.module.css";
import { useRemoveUnreferenced } from "./use-storage-report.ts";

/** What the last check of all bytes found, in words, and the files that nothing needs. */
export function LastCheckReport({ check }: { check: LastCheck | undefined }) {
  if (check === undefined) {
    return (
      <p className={styles["check"]}>
        <Dot tone="info" /> Not checked yet. Once a week all files are read again and compared with their
        names.
      </p>
    );
  }
  const { endedAt, checkedBlobs, checkedBytes, findings } = check;
  return (
    <>
      <p className={styles["check"]}>
        <Dot tone={findings.length === 0 ? "ok" : "bad"} />
        {findings.length === 0
          ? "Every file is what its name says"
          : `${counted(findings.length, "finding")} in the last check`}
        <span>
          {counted(checkedBlobs, "file")}, {formatBytes(checkedBytes)}, checked {formatDate(endedAt)}
        </span>
      </p>
      {findings.length > 0 && (
        <RowList
          label="What the last check found"
          rows={findings.map(({ key, words, detail }) => ({ key, title: words, detail }))}
        />
      )}
      {check.unreferencedCount > 0 && <Unneeded check={check} />}
    </>
  );
}

function Unneeded({ check: { unreferencedCount, unreferencedBytes, removable } }: { check: LastCheck }) {
  const remove = useRemoveUnreferenced();
  const onRemove = () =>
    remove.mutate(undefined, {
      onSuccess: ({ removed, removedBytes }) =>
        notifications.show({ message: `${counted(removed, "file")} removed, ${formatBytes(removedBytes)}.` }),
    });
  return (
    <div className={styles["unneeded"]}>
      <p>
        {counted(unreferencedCount, "file")} ({formatBytes(unreferencedBytes)}) that no record, no trash and
        no earlier version names.
        {removable === 0
          ? " Whatever comes stays for seven days in any case."
          : " Removing them cannot be undone."}
        {remove.isError && <span role="alert"> {remove.error.message}</span>}
      </p>
      <Button size="xs" onClick={onRemove} disabled={removable === 0} loading={remove.isPending}>
        Remove them
      </Button>
    </div>
  );
}
