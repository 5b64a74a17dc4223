import type { CollectionName } from "@safelight/shared";
import { diffRecords, type FieldDiff, type History, type RecordVersion } from "@safelight/store";
import { ProblemError } from "../../problem-error.ts";

interface RecordName {
  readonly collection: CollectionName;
  readonly id: string;
}

/** One page of versions, and how far the history reaches. Throws a 404 problem for a record that never was. */
export async function listVersions(
  history: Pick<History, "versions" | "oldest">,
  { collection, id }: RecordName,
  page: { readonly limit?: number; readonly before?: number },
) {
  const { versions, nextBefore } = await history.versions(collection, id, page);
  if (versions.length === 0 && page.before === undefined) throw unknownRecord(collection, id);
  const { seq, at } = await history.oldest();
  return {
    items: versions.map(shown),
    ...(nextBefore !== undefined && { nextBefore }),
    oldest: { seq, ...(at !== undefined && { at }) },
  };
}

/** What differs between a record's states after two commits. Throws a 404 problem when it had none at either. */
export async function diffVersions(
  history: Pick<History, "versionAt">,
  { collection, id }: RecordName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ from: number; to: number; fields: Record<string, FieldDiff> }> {
  const before = await history.versionAt(collection, id, from);
  const after = await history.versionAt(collection, id, to);
  if (before === undefined && after === undefined) throw unknownRecord(collection, id);
  return { from, to, fields: { ...diffRecords(before?.record, after?.record) } };
}

function shown({ record, conflict, fields, ...version }: RecordVersion) {
  return {
    ...version,
    fields: [...fields],
    ...(record !== undefined && { record }),
    ...(conflict !== undefined && { conflict }),
  };
}

function unknownRecord(collection: CollectionName, id: string): ProblemError {
  return new ProblemError(404, "history.missing", `The history of ${collection} has no record "${id}".`);
}
