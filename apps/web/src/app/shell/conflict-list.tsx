import { ConflictNotice } from "../../components/conflict-notice.tsx";
import { recordName } from "../../domain/record-name.ts";
import { useSyncClient } from "../../sync/sync-context.tsx";
import { useConflicts } from "../../sync/use-conflicts.ts";
import styles from "./save-panel.module.css";

const MAX_SHOWN = 10;

/** Records that two devices changed: both values are kept, and a person may choose the other. */
export function ConflictList() {
  const client = useSyncClient();
  const conflicts = useConflicts();
  if (conflicts.length === 0) return null;
  return (
    <section className={styles["part"]} aria-label="Changed on two devices">
      <h3>Changed on two devices</h3>
      <ul className={styles["cards"]}>
        {conflicts.slice(0, MAX_SHOWN).map(({ collection, id }) => (
          <li key={`${collection}/${id}`}>
            <strong>{recordName(collection, client.get(collection, id))}</strong>
            <ConflictNotice collection={collection} id={id} />
          </li>
        ))}
      </ul>
    </section>
  );
}
