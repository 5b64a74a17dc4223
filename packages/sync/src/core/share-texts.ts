/** Texts up to this length are shared: names of models, kinds and formats are. Times and ids are longer, and one of a kind. */
const MOST_LETTERS = 22;
/** Different texts that are remembered; what comes after them is kept as it is. */
const MOST_TEXTS = 2000;

/**
 * Makes records share equal short texts, their own and those of the objects in them: every row that is read from a disk
 * and every line of a snapshot brings copies. It writes into the records, and changes nothing that can be told.
 */
export function createTextSharer(): (record: object) => void {
  const known = new Map<string, string>();

  function share(record: object, depth: number): void {
    const fields = record as Record<string, unknown>;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === "string") {
        if (value.length > MOST_LETTERS) continue;
        const same = known.get(value);
        if (same !== undefined) fields[name] = same;
        else if (known.size < MOST_TEXTS) known.set(value, value);
      } else if (depth > 0 && typeof value === "object" && value !== null && !Array.isArray(value)) {
        share(value, depth - 1);
      }
    }
  }

  return (record) => share(record, 1);
}
