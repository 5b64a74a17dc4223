import { COLLECTION_NAMES, type CollectionName } from "@safelight/shared";
import { formatCount } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import { COLLECTION_TITLES } from "./collection-titles.ts";
import styles from "./data.module.css";

export function CollectionCounts() {
  return (
    <dl className={styles["counts"]}>
      {COLLECTION_NAMES.map((name) => (
        <Count key={name} collection={name} />
      ))}
    </dl>
  );
}

function Count({ collection }: { collection: CollectionName }) {
  const records = useRecords(collection);
  return (
    <div>
      <dt>{COLLECTION_TITLES[collection]}</dt>
      <dd data-none={records.length === 0}>{formatCount(records.length)}</dd>
    </div>
  );
}
