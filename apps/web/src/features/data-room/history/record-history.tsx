import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useNow } from "../../../components/use-now.ts";
import { dayName } from "../../../domain/day.ts";
import { recordName } from "../../../domain/record-name.ts";
import { useRecord } from "../../../sync/use-record.ts";
import { COLLECTION_TITLES } from "../collection-titles.ts";
import styles from "./history.module.css";
import { type RecordPlace, useVersions } from "./use-versions.ts";
import { VersionRow } from "./version-row.tsx";

/** Every version of one record: who made it, what it changed, and a way back to it. */
export function RecordHistory({ place, onClose }: { place: RecordPlace; onClose: () => void }) {
  const { collection, id } = place;
  const record = useRecord(collection, id);
  const pages = useVersions(place, record?.rev);
  const versions = pages.data?.pages.flatMap((page) => page.versions) ?? [];
  const [openSeq, setOpenSeq] = useState<number>();
  const known = record ?? versions.find((version) => version.record !== undefined)?.record;
  const now = new Date(useNow(false));
  const days = versions.map(({ at }) => dayName(new Date(at), now));
  return (
    <div className={styles["pane"]}>
      <header>
        <div>
          <h2>{recordName(collection, known)}</h2>
          <small>
            {COLLECTION_TITLES[collection]} · <code>{id}</code>
          </small>
        </div>
        <ActionIcon onClick={onClose} aria-label="Close the versions">
          <IconX size={18} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div className={styles["body"]}>
        {pages.isPending && <p className={styles["quiet"]}>Reading the history…</p>}
        {pages.isError && (
          <EmptyState
            title="The versions cannot be read"
            text={pages.error.message}
            action={<Button onClick={() => void pages.refetch()}>Ask again</Button>}
          />
        )}
        {pages.isSuccess && versions.length === 0 && (
          <EmptyState
            title="No versions"
            text="The history has none of this record: it was never here, or is older than what is kept."
          />
        )}
        <ol className={styles["versions"]} aria-label="Versions, newest first">
          {versions.map((version, index) => (
            <VersionRow
              key={version.seq}
              place={place}
              version={version}
              all={versions}
              day={days[index] === days[index - 1] ? undefined : days[index]}
              isCurrent={index === 0}
              rev={record?.rev}
              isOpen={openSeq === version.seq}
              onToggle={() => setOpenSeq(openSeq === version.seq ? undefined : version.seq)}
            />
          ))}
        </ol>
        {pages.hasNextPage && (
          <Button size="xs" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
            Earlier versions
          </Button>
        )}
      </div>
    </div>
  );
}
