import { Button, Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { COLLECTION_NAMES, isCollectionName } from "@safelight/shared";
import { type FormEvent, useState } from "react";
import { useNow } from "../../../components/use-now.ts";
import { counted, formatDate } from "../../../domain/format.ts";
import { COLLECTION_TITLES } from "../collection-titles.ts";
import styles from "./history.module.css";
import { type RewindAsked, type RewindReport, usePreview, useRewind } from "./use-rewind.ts";

const EVERYTHING = "everything";
const SCOPES = [
  { value: EVERYTHING, label: "The whole studio" },
  ...COLLECTION_NAMES.map((value) => ({ value, label: COLLECTION_TITLES[value] })),
];

/** Takes a collection or the studio back to a moment: first what that would change, then the change itself. */
export function RewindForm() {
  const [scope, setScope] = useState(EVERYTHING);
  const [moment, setMoment] = useState("");
  const preview = usePreview();
  const now = useNow(moment !== "");
  const at = moment === "" ? undefined : new Date(moment);
  const isPast = at !== undefined && at.getTime() < now;

  const onPreview = (event: FormEvent) => {
    event.preventDefault();
    if (at === undefined || !isPast) return;
    preview.mutate({
      to: { at: at.toISOString() },
      ...(isCollectionName(scope) && { collection: scope }),
    });
  };
  return (
    <>
      <h3 className={styles["rewindTitle"]}>Go back to a moment</h3>
      <form className={styles["rewind"]} onSubmit={onPreview}>
        <Select
          label="What"
          data={SCOPES}
          value={scope}
          onChange={(value) => {
            setScope(value ?? EVERYTHING);
            preview.reset();
          }}
        />
        <TextInput
          label="As it was at"
          type="datetime-local"
          step={1}
          value={moment}
          onChange={(event) => {
            setMoment(event.currentTarget.value);
            preview.reset();
          }}
          error={at !== undefined && !isPast ? "That is still to come" : undefined}
        />
        <Button type="submit" disabled={!isPast} loading={preview.isPending}>
          See what changes
        </Button>
      </form>
      {preview.isError && (
        <p className={styles["failed"]} role="alert">
          {preview.error.message}
        </p>
      )}
      {preview.data !== undefined && at !== undefined && (
        <Preview
          key={preview.submittedAt}
          asked={preview.variables}
          report={preview.data}
          what={SCOPES.find(({ value }) => value === scope)?.label ?? ""}
          when={formatDate(at.toISOString())}
          onDone={() => preview.reset()}
        />
      )}
    </>
  );
}

interface PreviewProps {
  readonly asked: RewindAsked;
  readonly report: RewindReport;
  readonly what: string;
  readonly when: string;
  readonly onDone: () => void;
}

function Preview({ asked, report, what, when, onDone }: PreviewProps) {
  const { changed, skipped, skippedCount } = report;
  const rewind = useRewind();
  const goBack = () =>
    rewind.mutate(asked, {
      onSuccess: (done) => {
        tellDone(done, when, () => rewind.mutate({ ...asked, to: { seq: done.from } }));
        onDone();
      },
    });
  return (
    <div className={styles["preview"]} aria-live="polite">
      <p>
        {changed === 0
          ? `${what} is as it was ${when}: nothing would change.`
          : `${counted(changed, "record")} would be as they were ${when}. What was made since goes to the trash. Nothing is lost: this is a change like any other, and can be undone.`}
      </p>
      {skippedCount > 0 && (
        <>
          <p>{counted(skippedCount, "record")} would not, or not wholly, be brought back:</p>
          <ul>
            {skipped.slice(0, 10).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
      {rewind.isError && <p role="alert">{rewind.error.message}</p>}
      {changed > 0 && (
        <div className={styles["actions"]}>
          <Button size="xs" variant="filled" onClick={goBack} loading={rewind.isPending}>
            Go back to {when}
          </Button>
          <Button size="xs" onClick={onDone} disabled={rewind.isPending}>
            Leave it
          </Button>
        </div>
      )}
    </div>
  );
}

function tellDone(done: RewindReport, when: string, undo: () => void): void {
  const id = `rewound-${done.from}`;
  notifications.show({
    id,
    title: `${counted(done.changed, "record")} as they were ${when}`,
    message: (
      <Button
        size="xs"
        mt={8}
        onClick={() => {
          undo();
          notifications.hide(id);
        }}
      >
        Undo
      </Button>
    ),
    autoClose: 30_000,
    closeButtonProps: { "aria-label": "Close" },
  });
}
