import type { MissingBlob, RecordPlace, UnreferencedBlob } from "../scrub.ts";
import type { BlobReferences } from "./blob-references.ts";

/** Bytes that nothing names stay this long after they last came: their record may be on its way. */
const GRACE_MS = 7 * 24 * 60 * 60 * 1000;
/** Entries of a list in a report. */
export const MAX_LISTED = 1000;

/** A blob's file. */
export interface BlobFile {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** When its bytes last came, epoch ms. */
  readonly mtimeMs: number;
}

export interface BlobJudgement {
  readonly missingCount: number;
  readonly missing: readonly MissingBlob[];
  readonly unreferencedCount: number;
  readonly unreferencedBytes: number;
  readonly unreferenced: readonly UnreferencedBlob[];
}

/** Sets what is there against what is named. `changedAt`: when a record was last changed, ISO. */
export function judgeBlobs(
  files: readonly BlobFile[],
  references: BlobReferences,
  { nowMs, changedAt }: { readonly nowMs: number; readonly changedAt: (place: RecordPlace) => string },
): BlobJudgement {
  const unreferenced = unreferencedFiles(files, references);
  const present = new Set(files.map(({ sha256 }) => sha256));
  const missing: MissingBlob[] = [];
  let missingCount = 0;
  for (const [sha256, { records }] of references) {
    if (records.length === 0 || present.has(sha256)) continue;
    missingCount += 1;
    if (missing.length >= MAX_LISTED) continue;
    const since = records.map(changedAt).sort().at(-1) ?? "";
    missing.push({ sha256, records: [...records], since });
  }
  return {
    missingCount,
    missing,
    unreferencedCount: unreferenced.length,
    unreferencedBytes: unreferenced.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    unreferenced: unreferenced.slice(0, MAX_LISTED).map((file) => ({
      sha256: file.sha256,
      sizeBytes: file.sizeBytes,
      storedAt: new Date(file.mtimeMs).toISOString(),
      isRemovable: isPastGrace(file, nowMs),
    })),
  };
}

export function unreferencedFiles(
  files: readonly BlobFile[],
  references: BlobReferences,
): readonly BlobFile[] {
  return files.filter(({ sha256 }) => !references.has(sha256));
}

export function isPastGrace({ mtimeMs }: Pick<BlobFile, "mtimeMs">, nowMs: number): boolean {
  return nowMs - mtimeMs > GRACE_MS;
}
