import { Button } from "@mantine/core";
import { IconChevronRight, IconDownload } from "@tabler/icons-react";
import { isCollectionName } from "@safelight/shared";
import { useState } from "react";
import { counted, formatBytes, formatCount, formatDate } from "../../../domain/format.ts";
import { COLLECTION_TITLES } from "../collection-titles.ts";
import styles from "./backups.module.css";
import type { Backup } from "./backups.ts";
import { useBackupContents } from "./use-backups.ts";

/** One backup; opened, what it holds. */
export function BackupRow({ backup }: { backup: Backup }) {
  const { name, createdAt, sizeBytes, records, blobs, missingBlobs } = backup;
  const [isOpen, setIsOpen] = useState(false);
  const when = formatDate(createdAt);
  return (
    <li>
      <div className={styles["backup"]}>
        <button
          type="button"
          className={styles["open"]}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronRight size={14} aria-hidden="true" data-open={isOpen} />
          <b>{when}</b>
          <span>
            {counted(records, "record")}, {counted(blobs, "file")}
            {missingBlobs > 0 && `, ${formatCount(missingBlobs)} files were missing`}
          </span>
        </button>
        <small>{formatBytes(sizeBytes)}</small>
        <Button
          component="a"
          href={`/api/backups/${name}`}
          download={name}
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          aria-label={`Download the backup of ${when}`}
        >
          Download
        </Button>
      </div>
      {isOpen && <Contents name={name} />}
    </li>
  );
}

function Contents({ name }: { name: string }) {
  const { data, isPending, isError, error } = useBackupContents(name, true);
  if (isPending) return <p className={styles["contents"]}>Reading the archive…</p>;
  if (isError) {
    return (
      <p className={styles["contents"]} role="alert">
        {error.message}
      </p>
    );
  }
  return (
    <div className={styles["contents"]}>
      <code>{name}</code>
      <dl>
        {data.map(([collection, count]) => (
          <div key={collection}>
            <dt>{isCollectionName(collection) ? COLLECTION_TITLES[collection] : collection}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
