import { Page, Section } from "../../components/page.tsx";
import { TakeoverSection } from "../../takeover/takeover-section.tsx";
import { CollectionCounts } from "./collection-counts.tsx";
import { StoreHealth } from "./store-health.tsx";
import { TrashList } from "./trash-list.tsx";

/** What the studio holds, how its store is, and what lies in the trash. */
export function DataRoom() {
  return (
    <Page>
      <Section title="Store">
        <StoreHealth />
      </Section>
      <Section title="Records" aside="on this device, the trash left out">
        <CollectionCounts />
      </Section>
      <Section title="Trash" aside="kept for seven days">
        <TrashList />
      </Section>
      <TakeoverSection />
      <Section title="Where the data is">
        <p style={{ margin: 0, color: "var(--muted)" }}>
          Everything is in the data folder of the server, whose path it prints at its start: <code>data</code>{" "}
          beside the program, or what <code>DATA_DIR</code> names. It is plain files: records as JSON,
          originals under <code>blobs</code>, readable names under <code>uploads</code>,{" "}
          <code>generated</code> and <code>gallery</code>. This browser keeps a copy of the records and of the
          pictures that were seen.
        </p>
      </Section>
    </Page>
  );
}
