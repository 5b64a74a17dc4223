import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { CollectionName } from "@safelight/shared";
import type { RecordConflict } from "@safelight/sync";
import { useRecordHistory } from "../api/use-record-history.ts";
import { type ConflictSide, conflictSides, writerWords } from "../domain/conflict-sides.ts";
import { fieldWords } from "../domain/field-words.ts";
import { formatTime } from "../domain/format.ts";
import { valueWords } from "../domain/value-words.ts";
import { useSyncClient } from "../sync/sync-context.tsx";
import { useConflict } from "../sync/use-conflicts.ts";
import { useRecord } from "../sync/use-record.ts";
import styles from "./conflict-notice.module.css";

/** What two devices made of one record, and a way back to the value that gave way; nothing without a conflict. */
export function ConflictNotice({ collection, id }: { collection: CollectionName; id: string }) {
  const conflict = useConflict(collection, id);
  return conflict === undefined ? null : <OpenConflict conflict={conflict} />;
}

function OpenConflict({ conflict }: { conflict: RecordConflict }) {
  const { collection, id } = conflict;
  const client = useSyncClient();
  const record = useRecord(collection, id);
  const versions = useRecordHistory(collection, id, record?.rev);
  const sides = conflictSides(conflict, record, versions);

  const restoreLost = () => {
    const before = Object.fromEntries(sides.map(({ field, won }) => [field, won.value ?? null]));
    client.update(collection, id, conflict.lost);
    const notificationId = `conflict-${id}`;
    notifications.show({
      id: notificationId,
      title: "The other value is back",
      message: (
        <Button
          size="xs"
          mt={8}
          onClick={() => {
            client.update(collection, id, before);
            notifications.hide(notificationId);
          }}
        >
          Undo
        </Button>
      ),
      autoClose: 10_000,
      closeButtonProps: { "aria-label": "Close" },
    });
  };

  return (
    <div className={styles["notice"]} data-conflict={id} data-fields={sides.length}>
      <h3>{sides.length === 0 ? "Edited while it was in the trash" : "Changed on two devices"}</h3>
      {sides.map(({ field, won, lost }) => (
        <dl key={field}>
          <dt>{fieldWords(field)} now</dt>
          <Side side={won} />
          <dt>Gave way</dt>
          <Side side={lost} />
        </dl>
      ))}
      <div className={styles["actions"]}>
        {sides.length === 0 ? (
          <Button size="xs" variant="filled" onClick={() => client.restore(collection, id)}>
            Take it out of the trash
          </Button>
        ) : (
          <Button size="xs" variant="filled" onClick={restoreLost}>
            Bring that one back
          </Button>
        )}
        <Button size="xs" onClick={() => void client.dismissConflict(collection, id)}>
          Leave it as it is
        </Button>
      </div>
    </div>
  );
}

function Side({ side }: { side: ConflictSide }) {
  return (
    <dd>
      <q>{valueWords(side.value)}</q>
      {side.by !== undefined && (
        <small>
          {formatTime(side.by.at)}, by {writerWords(side.by.by)}
        </small>
      )}
    </dd>
  );
}
