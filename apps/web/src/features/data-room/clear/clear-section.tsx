import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { Section } from "../../../components/page.tsx";
import { counted, formatDate } from "../../../domain/format.ts";
import styles from "./clear.module.css";
import { useClear } from "./use-clear.ts";

const WORDS = "clear all data";

/** Moves everything to the trash after a verified backup, and takes that back. */
export function ClearSection() {
  const { last, forget, clear, undo } = useClear();
  const [isAsking, setIsAsking] = useState(false);
  const onUndo = () => {
    if (last === undefined) return;
    undo.mutate(last, {
      onSuccess: ({ restored }) =>
        notifications.show({ message: `${counted(restored, "record")} are back.` }),
    });
  };
  return (
    <Section id="clear" title="Clear all data">
      {last !== undefined && (
        <div className={styles["last"]} aria-live="polite">
          <p>
            {counted(last.total, "record")} went to the trash {formatDate(last.at)}. The backup of before is{" "}
            <code>{last.backup}</code>.{undo.isError && <span role="alert"> {undo.error.message}</span>}
          </p>
          <Button size="xs" variant="filled" onClick={onUndo} loading={undo.isPending}>
            Undo the clear
          </Button>
          <Button size="xs" onClick={forget}>
            Leave it
          </Button>
        </div>
      )}
      <div className={styles["row"]}>
        <p>
          A backup is made and verified first; without one nothing is cleared. Then every record moves to the
          trash, but for jobs that are still at work. It can be undone while the trash keeps it.
        </p>
        <Button size="xs" onClick={() => setIsAsking(true)}>
          Clear all data…
        </Button>
      </div>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Clear all data" centered>
        <Confirmation
          isPending={clear.isPending}
          problem={clear.isError ? clear.error.message : undefined}
          onConfirm={() => clear.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
        />
      </Modal>
    </Section>
  );
}

interface ConfirmationProps {
  readonly isPending: boolean;
  readonly problem: string | undefined;
  readonly onConfirm: () => void;
}

function Confirmation({ isPending, problem, onConfirm }: ConfirmationProps) {
  const [typed, setTyped] = useState("");
  const isConfirmed = typed.trim().toLowerCase() === WORDS;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isConfirmed) onConfirm();
  };
  return (
    <form className={styles["confirm"]} onSubmit={onSubmit}>
      <p>Every record moves to the trash, on every device. A backup is made first.</p>
      <TextInput
        label={`Type “${WORDS}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
        autoComplete="off"
      />
      {problem !== undefined && <p role="alert">{problem}</p>}
      <Button type="submit" variant="filled" disabled={!isConfirmed} loading={isPending}>
        {isPending ? "Backing up, then clearing" : "Back up, then clear"}
      </Button>
    </form>
  );
}
