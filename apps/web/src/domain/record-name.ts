import type { CollectionName, JsonObject } from "@safelight/shared";

/** What one record of each collection is called. */
const KINDS: Readonly<Record<CollectionName, string>> = {
  styles: "style",
  datasets: "dataset",
  datasetItems: "training picture",
  models: "model",
  contents: "picture",
  boards: "board",
  jobs: "job",
  editorSessions: "editor session",
  messages: "message",
  interactions: "answer",
  components: "component",
  gallerySessions: "gallery session",
  galleryImages: "gallery picture",
  drafts: "form",
  budgets: "budget",
  expenses: "expense",
  preferences: "preferences",
};

const NAMING_FIELDS = [
  "title",
  "name",
  "modelName",
  "prompt",
  "description",
  "content",
  "directive",
] as const;
const MAX_LENGTH = 42;

export function kindOf(collection: CollectionName): string {
  return KINDS[collection];
}

/** How a person recognises a record: its words in quotes, or its kind. `undefined` stands for one that is not here. */
export function recordName(collection: CollectionName, record: JsonObject | undefined): string {
  if (collection === "drafts") return formName(record?.["scope"]);
  for (const field of NAMING_FIELDS) {
    const words = record?.[field];
    if (typeof words === "string" && words.trim() !== "") return quoted(words);
  }
  const number = record?.["number"];
  return typeof number === "number" ? `${kindOf(collection)} ${number}` : `a ${kindOf(collection)}`;
}

function formName(scope: unknown): string {
  if (scope === "create") return "the Create form";
  return typeof scope === "string" && scope.startsWith("train/") ? "a training form" : "a form";
}

/** Words in quotes, cut at a space where they are long. */
export function quoted(words: string): string {
  const line = words.trim().replaceAll(/\s+/g, " ");
  if (line.length <= MAX_LENGTH) return `“${line}”`;
  const cut = line.slice(0, MAX_LENGTH);
  const space = cut.lastIndexOf(" ");
  return `“${cut.slice(0, space > MAX_LENGTH / 2 ? space : MAX_LENGTH)}…”`;
}
