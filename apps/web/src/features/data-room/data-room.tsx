import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page, Section } from "../../components/page.tsx";
import { PaneHandle } from "../../components/pane-handle.tsx";
import { useNarrow } from "../../components/use-narrow.ts";
import { Sheet } from "../../components/sheet.tsx";
import { usePaneWidth } from "../../components/use-pane-width.ts";
import { TakeoverSection } from "../../takeover/takeover-section.tsx";
import { BackupsSection } from "./backups/backups-section.tsx";
import { ClearSection } from "./clear/clear-section.tsx";
import { CollectionCounts } from "./collection-counts.tsx";
import styles from "./data.module.css";
import { HistorySection } from "./history/history-section.tsx";
import { RecordHistory } from "./history/record-history.tsx";
import { PartLinks } from "./part-links.tsx";
import { StorageSection } from "./storage/storage-section.tsx";
import { StoreHealth } from "./store-health.tsx";
import { TrashSection } from "./trash/trash-list.tsx";

/** What the studio holds, how its store is, what it was, and ways back. */
export function DataRoom() {
  const { collection, record } = useSearch({ from: "/data" });
  const navigate = useNavigate();
  const narrow = useNarrow();
  const pane = usePaneWidth({ pane: "versions", initial: 420, min: 320, max: 680 });
  const close = () => void navigate({ to: "/data", search: {}, resetScroll: false });
  const place = collection === undefined || record === undefined ? undefined : { collection, id: record };
  const versions = place !== undefined && (
    <RecordHistory key={`${place.collection}/${place.id}`} place={place} onClose={close} />
  );
  const columns = `minmax(0, 1fr) min(${pane.width}px, 46%)`;
  return (
    <div
      className={styles["room"]}
      style={place !== undefined && !narrow ? { gridTemplateColumns: columns } : undefined}
    >
      <Page>
        <PartLinks />
        <Section id="store" title="Store">
          <StoreHealth />
        </Section>
        <Section id="records" title="Records" aside="on this device, the trash left out">
          <CollectionCounts />
        </Section>
        <StorageSection />
        <BackupsSection />
        <HistorySection openId={record} />
        <TrashSection />
        <TakeoverSection />
        <ClearSection />
        <Section title="Where the data is">
          <p className={styles["where"]}>
            Everything is in the data folder of the server, whose path it prints at its start:{" "}
            <code>data</code> beside the program, or what <code>DATA_DIR</code> names. It is plain files:
            records as JSON, originals under <code>blobs</code>, readable names under <code>uploads</code>,{" "}
            <code>generated</code> and <code>gallery</code>. This browser keeps a copy of the records and of
            the pictures that were seen. <code>pnpm run doctor</code> looks at a data folder and changes
            nothing.
          </p>
        </Section>
      </Page>
      {narrow ? (
        <Sheet
          opened={place !== undefined}
          onClose={close}
          position="right"
          size={440}
          withCloseButton={false}
          aria-label="Versions"
          classNames={{ body: styles["sheetBody"] ?? "" }}
        >
          {versions}
        </Sheet>
      ) : (
        place !== undefined && (
          <aside className={styles["aside"]} aria-label="Versions">
            <PaneHandle
              label="Width of the versions"
              pane="right"
              width={pane.width}
              onResize={pane.resize}
            />
            {versions}
          </aside>
        )
      )}
    </div>
  );
}
