import { Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Nothing, Section } from "../../../components/page.tsx";
import { counted } from "../../../domain/format.ts";
import { recordName } from "../../../domain/record-name.ts";
import styles from "./trash.module.css";
import { TrashRow } from "./trash-row.tsx";
import { type TrashedRecord, useAllTrash } from "./use-all-trash.ts";
import { usePurge } from "./use-purge.ts";

const STEP = 50;

/** What was deleted, each with a way back, its versions, and an end. */
export function TrashSection() {
  const trash = useAllTrash();
  const [shown, setShown] = useState(STEP);
  const [leaving, setLeaving] = useState<TrashedRecord | "all">();
  return (
    <Section id="trash" title="Trash" aside="kept for seven days, unless set otherwise">
      {trash.length === 0 ? (
        <Nothing>The trash is empty.</Nothing>
      ) : (
        <>
          <ul className={styles["list"]} aria-label="Trash">
            {trash.slice(0, shown).map((item) => (
              <TrashRow
                key={`${item.collection}/${item.record.id}`}
                item={item}
                onRemove={() => setLeaving(item)}
              />
            ))}
          </ul>
          <div className={styles["actions"]}>
            {trash.length > shown && (
              <Button size="xs" onClick={() => setShown(shown + STEP)}>
                Show more of {counted(trash.length, "record")}
              </Button>
            )}
            <Button size="xs" onClick={() => setLeaving("all")}>
              Empty the trash…
            </Button>
          </div>
        </>
      )}
      <Modal
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title="Remove for good"
        centered
      >
        {leaving !== undefined && (
          <Farewell leaving={leaving} count={trash.length} onDone={() => setLeaving(undefined)} />
        )}
      </Modal>
    </Section>
  );
}

interface FarewellProps {
  readonly leaving: TrashedRecord | "all";
  readonly count: number;
  readonly onDone: () => void;
}

function Farewell({ leaving, count, onDone }: FarewellProps) {
  const purge = usePurge();
  const what =
    leaving === "all"
      ? `All ${counted(count, "record")} of the trash`
      : recordName(leaving.collection, leaving.record);
  const onRemove = () =>
    purge.mutate(leaving === "all" ? undefined : { collection: leaving.collection, id: leaving.record.id }, {
      onSuccess: (purged) => {
        notifications.show({ message: `${counted(purged, "record")} removed.` });
        onDone();
      },
    });
  return (
    <div className={styles["farewell"]}>
      <p>
        {what} will not be in the trash any more. The history keeps earlier versions for a while: they can be
        made again from there, but a file that nothing else names may be gone.
      </p>
      {purge.isError && <p role="alert">{purge.error.message}</p>}
      <div className={styles["actions"]}>
        <Button variant="filled" onClick={onRemove} loading={purge.isPending}>
          Remove for good
        </Button>
        <Button onClick={onDone} data-autofocus>
          Keep
        </Button>
      </div>
    </div>
  );
}
