import { COLLECTION_NAMES, type CollectionName } from "@safelight/shared";
import { formatCount } from "../../domain/format.ts";
import { useRecords } from "../../sync/use-records.ts";
import styles from "./data.module.css";

/** What each collection is called for people. */
const NAMES: Readonly<Record<CollectionName, string>> = {
  styles: "Styles",
  datasets: "Datasets",
  datasetItems: "Dataset pictures",
  models: "Models",
  contents: "Pictures and clips",
  boards: "Boards",
  jobs: "Jobs",
  editorSessions: "Editor sessions",
  messages: "Messages",
  interactions: "Interactions",
  components: "Components",
  gallerySessions: "Gallery sessions",
  galleryImages: "Gallery pictures",
  drafts: "Drafts",
  budgets: "Budgets",
  preferences: "Preferences",
};

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
      <dt>{NAMES[collection]}</dt>
      <dd>{formatCount(records.length)}</dd>
    </div>
  );
}
