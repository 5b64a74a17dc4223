import { Button, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { formatDate } from "../../../domain/format.ts";
import { DifferenceTable } from "./difference-table.tsx";
import styles from "./history.module.css";
import { type RecordPlace, type RestoreAsked, useDifference, useRestoreVersion } from "./use-versions.ts";
import type { Version } from "./versions.ts";

interface VersionDetailProps {
  readonly place: RecordPlace;
  readonly version: Version;
  readonly all: readonly Version[];
  readonly isCurrent: boolean;
  readonly rev: number | undefined;
}

const BEFORE = "before";
const NOW = "now";
const LOST_SIDES = ["Gave way", "Stayed"] as const;

/** What a version differs in from another one, and ways back. */
export function VersionDetail({ place, version, all, isCurrent, rev }: VersionDetailProps) {
  const before = all[all.indexOf(version) + 1];
  const [other, setOther] = useState(before === undefined ? NOW : BEFORE);
  const compared =
    other === BEFORE
      ? { from: before?.seq, to: version.seq }
      : other === NOW
        ? { from: version.seq, to: undefined }
        : { from: Math.min(Number(other), version.seq), to: Math.max(Number(other), version.seq) };
  const difference = useDifference(place, compared.from, compared.to, rev);
  const choices = [
    ...(before === undefined ? [] : [{ value: BEFORE, label: "With the one before it" }]),
    ...(isCurrent ? [] : [{ value: NOW, label: "With the record as it is now" }]),
    ...all
      .filter(({ seq }) => seq !== version.seq && seq !== before?.seq)
      .map(({ seq, at }) => ({ value: String(seq), label: `With ${formatDate(at)} (change ${seq})` })),
  ];
  return (
    <div className={styles["detail"]}>
      {choices.length > 0 && (
        <Select
          size="xs"
          label="Compare"
          data={choices}
          value={other}
          onChange={(value) => value !== null && setOther(value)}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      {difference.isError && <p role="alert">{difference.error.message}</p>}
      {compared.from === undefined ? (
        <p>This is the first version that the history has.</p>
      ) : (
        difference.data !== undefined && <DifferenceTable fields={difference.data} />
      )}
      {version.lost !== undefined && Object.keys(version.lost).length > 0 && (
        <>
          <h3>Two devices changed this at once</h3>
          <DifferenceTable
            fields={Object.entries(version.lost).map(([field, value]) => ({
              field,
              before: value,
              after: version.record?.[field],
            }))}
            names={LOST_SIDES}
          />
        </>
      )}
      <WaysBack place={place} version={version} isCurrent={isCurrent} latest={all[0]} />
    </div>
  );
}

interface WaysBackProps {
  readonly place: RecordPlace;
  readonly version: Version;
  readonly isCurrent: boolean;
  readonly latest: Version | undefined;
}

function WaysBack({ place, version, isCurrent, latest }: WaysBackProps) {
  const restore = useRestoreVersion(place);
  const hasLost = version.lost !== undefined && Object.keys(version.lost).length > 0;
  const ask = (asked: RestoreAsked) =>
    restore.mutate(asked, {
      onSuccess: (skipped) => {
        const notificationId = `restored-${place.id}`;
        const undo = () => {
          if (latest !== undefined) restore.mutate({ seq: latest.seq, take: "record" });
          notifications.hide(notificationId);
        };
        notifications.show({
          id: notificationId,
          title: asked.take === "lost" ? "The other values are back" : `As it was ${formatDate(version.at)}`,
          message: (
            <>
              {skipped.map((words) => (
                <div key={words}>{words}</div>
              ))}
              {latest?.record !== undefined && (
                <Button size="xs" mt={8} onClick={undo}>
                  Undo
                </Button>
              )}
            </>
          ),
          autoClose: 10_000,
          closeButtonProps: { "aria-label": "Close" },
        });
      },
    });
  return (
    <>
      {restore.isError && <p role="alert">{restore.error.message}</p>}
      <div className={styles["actions"]}>
        {!isCurrent && version.record !== undefined && (
          <Button
            size="xs"
            variant="filled"
            loading={restore.isPending}
            onClick={() => ask({ seq: version.seq, take: "record" })}
          >
            Go back to this version
          </Button>
        )}
        {hasLost && (
          <Button
            size="xs"
            loading={restore.isPending}
            onClick={() => ask({ seq: version.seq, take: "lost" })}
          >
            Bring back what gave way
          </Button>
        )}
      </div>
    </>
  );
}
