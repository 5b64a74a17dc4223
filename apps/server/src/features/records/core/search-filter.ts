import type { AnyRecord, Json } from "@safelight/shared";

/** Finds a text in the text fields of records, in any case. */
export interface SearchFilter {
  /** Whether a record of this JSON text could fit: rules most out without parsing them. */
  readonly mayFit: (json: string) => boolean;
  readonly fits: (record: AnyRecord) => boolean;
}

export function searchFilter(search: string): SearchFilter {
  const needle = search.toLowerCase();
  // Records are kept as `JSON.stringify` wrote them, so a text stands in theirs in this one spelling.
  const needleText = JSON.stringify(needle).slice(1, -1).toLowerCase();
  return {
    mayFit: (json) => json.toLowerCase().includes(needleText),
    fits: (record) => Object.values(record).some((value) => contains(value, needle)),
  };
}

function contains(value: Json, needle: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(needle);
  return Array.isArray(value) && value.some((item) => typeof item === "string" && contains(item, needle));
}
