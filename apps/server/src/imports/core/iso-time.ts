const NAIVE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;
const MAX_EPOCH_MS = 253_402_300_799_999;

/**
 * An instant as an old file wrote it, as ISO time in UTC. A text without a zone, as Python writes it, is taken as UTC;
 * a number is epoch ms. `undefined` for anything else.
 */
export function isoTimeOf(value: unknown): string | undefined {
  const epochMs = epochMsOf(value);
  if (epochMs === undefined || !(epochMs >= 0 && epochMs <= MAX_EPOCH_MS)) return undefined;
  return new Date(epochMs).toISOString();
}

function epochMsOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return Date.parse(NAIVE.test(text) ? `${text.replace(" ", "T")}Z` : text);
}
