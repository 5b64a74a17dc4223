import { isJsonObject } from "@safelight/shared";
import { shaped, shapedList } from "../../../api/shaped.ts";

const FILES = { files: "number", sizeBytes: "number" } as const;

export interface FileSizes {
  readonly files: number;
  readonly sizeBytes: number;
}

/** Something that the last check of all bytes found, in words. */
export interface CheckFinding {
  readonly key: string;
  readonly words: string;
  readonly detail: string;
}

export interface LastCheck {
  readonly endedAt: string;
  readonly checkedBlobs: number;
  readonly checkedBytes: number;
  readonly findings: readonly CheckFinding[];
  readonly unreferencedCount: number;
  readonly unreferencedBytes: number;
  /** Of those listed, how many may be removed now. */
  readonly removable: number;
}

/** What the studio keeps on its disk, by sort. */
export interface StorageReport {
  readonly sorts: readonly (FileSizes & { readonly name: string })[];
  readonly totalBytes: number;
  readonly lastCheck: LastCheck | undefined;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  image: "Pictures",
  video: "Clips",
  audio: "Sound",
  other: "Other files",
};
const FOLDERS = [
  ["journal", "Journal: every change, the truth"],
  ["history", "Earlier versions, compressed"],
  ["logs", "Logs of jobs"],
  ["backups", "Backups"],
  ["quarantine", "Set aside by recovery"],
  ["cache", "Thumbnails, which may be deleted at any time"],
] as const;

/** Reads `GET /api/storage-report`. Throws `FetchError` when it is something else. */
export function parseStorageReport(answer: unknown): StorageReport {
  const report = shaped(answer, { documentCount: "number", documentBytes: "number", blobs: "object" });
  const object = isJsonObject(answer) ? answer : {};
  const sorts = [
    ...shapedList(object["blobKinds"], { kind: "string", ...FILES }).map(({ kind, ...sizes }) => ({
      name: KIND_NAMES[kind] ?? kind,
      ...sizes,
    })),
    { name: "Documents, with their backups", files: report.documentCount, sizeBytes: report.documentBytes },
    ...FOLDERS.map(([field, name]) => ({ name, ...shaped(object[field], FILES) })),
  ].map(({ name, files, sizeBytes }) => ({ name, files, sizeBytes }));
  const check = object["lastScrub"];
  return {
    sorts,
    totalBytes: sorts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    lastCheck: check === undefined ? undefined : parseCheck(check),
  };
}

function parseCheck(value: unknown): LastCheck {
  const check = shaped(value, {
    endedAt: "string",
    checkedBlobs: "number",
    checkedBytes: "number",
    missing: "list",
    damaged: "list",
    unreferenced: "list",
    unreferencedCount: "number",
    unreferencedBytes: "number",
    isHistoryUnread: "boolean",
  });
  const { endedAt, checkedBlobs, checkedBytes, unreferencedCount, unreferencedBytes } = check;
  const missing = shapedList(check.missing, { sha256: "string", records: "list" });
  const damaged = shapedList(check.damaged, { sha256: "string", state: "string" });
  const findings = [
    ...missing.map(({ sha256, records }) => ({
      key: sha256,
      words: "A file that is not here, though something names it",
      detail: shapedList(records, { collection: "string", id: "string" })
        .map(({ collection, id }) => `${collection}/${id}`)
        .join(", "),
    })),
    ...damaged.map(({ sha256, state }) => ({
      key: sha256,
      words: DAMAGE_WORDS[state] ?? "A file whose bytes are wrong",
      detail: `${sha256.slice(0, 12)}…`,
    })),
    ...(check.isHistoryUnread
      ? [
          {
            key: "history",
            words: "Part of the history cannot be read",
            detail: "nothing counts as unneeded meanwhile",
          },
        ]
      : []),
  ];
  return {
    endedAt,
    checkedBlobs,
    checkedBytes,
    findings,
    unreferencedCount,
    unreferencedBytes,
    removable: shapedList(check.unreferenced, { isRemovable: "boolean" }).filter((file) => file.isRemovable)
      .length,
  };
}

const DAMAGE_WORDS: Readonly<Record<string, string>> = {
  mended: "A file whose bytes were wrong, and were mended from a copy",
  damaged: "A file whose bytes are wrong; a copy is in the quarantine",
  unreadable: "A file that the disk does not give",
};
