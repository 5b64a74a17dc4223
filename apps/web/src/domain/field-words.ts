/** Names of fields as screens show them, where the field's own name says it badly. */
const WORDS: Readonly<Record<string, string>> = {
  boardId: "Board",
  cancelRequested: "Cancel",
  userComposition: "Composition",
  savedProducts: "Saved products",
  directivesUsed: "Directives",
  sortKey: "Place",
  x: "Position",
  y: "Position",
  jsx: "Code",
  css: "Style sheet",
  coverContentId: "Cover",
  blob: "Picture",
  state: "What is typed",
};

/** `triggerWord` → "Trigger word". */
export function fieldWords(field: string): string {
  const known = WORDS[field];
  if (known !== undefined) return known;
  const words = field
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Several of them: "Title, tags and board". */
export function fieldsWords(fields: readonly string[]): string {
  const words = [...new Set(fields.map(fieldWords))].map((word, index) =>
    index === 0 ? word : word.charAt(0).toLowerCase() + word.slice(1),
  );
  const last = words.pop();
  return words.length === 0 ? (last ?? "") : `${words.join(", ")} and ${last}`;
}
