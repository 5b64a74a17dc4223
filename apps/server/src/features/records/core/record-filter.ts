import type { AnyRecord, Json } from "@safelight/shared";

export interface FilterSpec {
  /** Fields that must hold exactly these values. */
  readonly equals: Readonly<Record<string, Json>>;
  /** Text that some text field must contain, in any case. */
  readonly search: string | undefined;
}

export interface RecordFilter {
  /** Whether a record of this JSON text could fit: rules most out without parsing them. */
  readonly mayFit: (json: string) => boolean;
  readonly fits: (record: AnyRecord) => boolean;
}

/** The filter of a list, or `undefined` when every record fits. */
export function recordFilter({ equals, search }: FilterSpec): RecordFilter | undefined {
  const wanted = Object.entries(equals);
  if (wanted.length === 0 && search === undefined) return undefined;
  const needle = search?.toLowerCase();
  // Records are kept as `JSON.stringify` wrote them, so a field and its value stand in the text in this one spelling.
  const fieldTexts = wanted.map(([field, value]) => `${JSON.stringify(field)}:${JSON.stringify(value)}`);
  const needleText = needle === undefined ? undefined : JSON.stringify(needle).slice(1, -1).toLowerCase();
  return {
    mayFit: (json) =>
      fieldTexts.every((text) => json.includes(text)) &&
      (needleText === undefined || json.toLowerCase().includes(needleText)),
    fits: (record) =>
      wanted.every(([field, value]) => record[field] === value) &&
      (needle === undefined || Object.values(record).some((value) => contains(value, needle))),
  };
}

function contains(value: Json, needle: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(needle);
  return Array.isArray(value) && value.some((item) => typeof item === "string" && contains(item, needle));
}
