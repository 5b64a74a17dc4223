import { isJsonObject, type JsonObject } from "@safelight/shared";

/** One version of a record, as `GET /api/history/:collection/:id` lists it. */
export interface RecordVersion {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly fields: readonly string[];
  readonly record?: JsonObject;
}

/** Reads a page of versions; entries of another shape are left out. */
export function parseVersions(answer: unknown): readonly RecordVersion[] {
  const items = isJsonObject(answer) ? answer["items"] : undefined;
  return Array.isArray(items) ? items.flatMap((item) => parseVersion(item) ?? []) : [];
}

function parseVersion(item: unknown): RecordVersion | undefined {
  if (!isJsonObject(item)) return undefined;
  const { seq, at, by, fields, record } = item;
  if (typeof seq !== "number" || typeof at !== "string" || typeof by !== "string") return undefined;
  return {
    seq,
    at,
    by,
    fields: Array.isArray(fields) ? fields.filter((field) => typeof field === "string") : [],
    ...(isJsonObject(record) ? { record } : {}),
  };
}
