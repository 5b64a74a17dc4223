import type { AnyRecord, Json } from "@safelight/shared";

export interface FilterSpec {
  /** Fields that must hold exactly these values. */
  readonly equals: Readonly<Record<string, Json>>;
  /** Text that some text field must contain, in any case. */
  readonly search: string | undefined;
}

/** The predicate of a list, or `undefined` when every record fits. */
export function recordFilter({ equals, search }: FilterSpec): ((record: AnyRecord) => boolean) | undefined {
  const wanted = Object.entries(equals);
  if (wanted.length === 0 && search === undefined) return undefined;
  const needle = search?.toLowerCase();
  return (record) =>
    wanted.every(([field, value]) => record[field] === value) &&
    (needle === undefined || Object.values(record).some((value) => contains(value, needle)));
}

function contains(value: Json, needle: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(needle);
  return Array.isArray(value) && value.some((item) => typeof item === "string" && contains(item, needle));
}
