import type { CollectionName } from "@safelight/shared";

/** What each collection is called for people. */
export const COLLECTION_TITLES: Readonly<Record<CollectionName, string>> = {
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
  expenses: "Expenses",
  preferences: "Preferences",
};
