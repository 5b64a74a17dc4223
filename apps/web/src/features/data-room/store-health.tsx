import { useHealth } from "../../api/use-health.ts";
import { Dot } from "../../components/dot.tsx";
import { Nothing } from "../../components/page.tsx";
import { RowList } from "../../components/row-list.tsx";
import { counted, formatCount, formatDate } from "../../domain/format.ts";
import { AskAgain } from "./ask-again.tsx";
import styles from "./data.module.css";

/** How the server's store is, and what recovery found. */
export function StoreHealth() {
  const { data, isPending, refetch } = useHealth();
  if (isPending) return <Nothing>Asking the server…</Nothing>;
  if (data === undefined) {
    return (
      <AskAgain
        words="The server cannot be reached. What this device keeps is shown; new work waits here."
        onAsk={() => void refetch()}
      />
    );
  }
  const { store, version } = data;
  const ok = store.state === "ok";
  return (
    <>
      <div className={styles["health"]}>
        <p>
          <Dot tone={ok ? "ok" : "bad"} />
          {ok ? "In order" : (store.reason ?? "Takes no writes")}
        </p>
        <span>
          {counted(store.records, "record")}, {counted(store.seq, "change")} since its start
          {store.savedAt === undefined ? "" : `, last saved ${formatDate(store.savedAt)}`} · version {version}
        </span>
      </div>
      {store.findings.length === 0 ? (
        <Nothing>Recovery found nothing amiss at the last start.</Nothing>
      ) : (
        <>
          <h3 className={styles["findings"]}>What recovery found: {formatCount(store.findings.length)}</h3>
          <RowList
            label="What recovery found"
            rows={store.findings.map((finding, index) => ({
              key: `${finding.at}/${index}`,
              title: finding.message,
              detail: finding.file,
              end: formatDate(finding.at),
            }))}
          />
        </>
      )}
    </>
  );
}
