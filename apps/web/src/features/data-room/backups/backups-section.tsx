import { Button } from "@mantine/core";
import { Nothing, Section } from "../../../components/page.tsx";
import { ProgressBar } from "../../../components/progress-bar.tsx";
import { RowList } from "../../../components/row-list.tsx";
import { formatCount } from "../../../domain/format.ts";
import { AskAgain } from "../ask-again.tsx";
import { BackupRow } from "./backup-row.tsx";
import styles from "./backups.module.css";
import type { BackupListing } from "./backups.ts";
import { useBackups, useMakeBackup } from "./use-backups.ts";

/** Verified archives of the whole studio: made, looked into, downloaded. */
export function BackupsSection() {
  const { data: listing, isPending, isError, error, refetch } = useBackups();
  const make = useMakeBackup();
  const running = listing?.running;
  return (
    <Section id="backups" title="Backups" aside="archives in the data folder">
      {isPending && <Nothing>Asking the server…</Nothing>}
      {isError && <AskAgain words={error.message} onAsk={() => void refetch()} />}
      {listing !== undefined && (
        <>
          <div className={styles["make"]}>
            <p>
              A backup holds every record and every file of one moment, and is read back before it counts. To
              restore one, stop the server and run <code>pnpm restore</code> with its file.
            </p>
            <Button size="xs" onClick={() => make.mutate()} loading={make.isPending || running !== undefined}>
              Make a backup
            </Button>
          </div>
          {make.isError && (
            <p className={styles["failed"]} role="alert">
              {make.error.message}
            </p>
          )}
          {running !== undefined && <Progress running={running} />}
          {listing.items.length === 0 && running === undefined && <Nothing>No backup was made yet.</Nothing>}
          <ul className={styles["list"]} aria-label="Backups">
            {listing.items.map((backup) => (
              <BackupRow key={backup.name} backup={backup} />
            ))}
          </ul>
          {listing.damaged.length > 0 && (
            <RowList
              label="Files that are no good backups"
              rows={listing.damaged.map(({ name, problem }) => ({ key: name, title: name, detail: problem }))}
            />
          )}
        </>
      )}
    </Section>
  );
}

function Progress({ running: { phase, done, total } }: { running: NonNullable<BackupListing["running"]> }) {
  const isWriting = phase === "writing";
  // Writing and reading back take about as long as each other.
  const share = total === 0 ? 0 : done / total;
  const words = isWriting ? "Writing" : "Reading it back";
  return (
    <output className={styles["progress"]}>
      <span>
        {words}
        {total > 0 && `, file ${formatCount(done)} of ${formatCount(total)}`}
      </span>
      <ProgressBar value={isWriting ? share / 2 : 0.5 + share / 2} label={words} />
    </output>
  );
}
