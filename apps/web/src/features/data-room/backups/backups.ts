import { isJsonObject } from "@safelight/shared";
import { shaped, shapedList } from "../../../api/shaped.ts";

export interface Backup {
  readonly name: string;
  readonly createdAt: string;
  readonly sizeBytes: number;
  readonly records: number;
  readonly blobs: number;
  readonly missingBlobs: number;
}

export interface BackupListing {
  readonly items: readonly Backup[];
  readonly damaged: readonly { readonly name: string; readonly problem: string }[];
  /** The one that is being made: blobs written, then read back. */
  readonly running: { readonly phase: string; readonly done: number; readonly total: number } | undefined;
}

const BACKUP = {
  name: "string",
  createdAt: "string",
  sizeBytes: "number",
  records: "number",
  blobs: "number",
  missingBlobs: "number",
} as const;

/** Reads `GET /api/backups`. Throws `FetchError` when it is something else. */
export function parseBackups(answer: unknown): BackupListing {
  const { items, damaged } = shaped(answer, { items: "list", damaged: "list" });
  const running = isJsonObject(answer) ? answer["running"] : undefined;
  return {
    items: shapedList(items, BACKUP),
    damaged: shapedList(damaged, { name: "string", problem: "string" }),
    running:
      running === undefined
        ? undefined
        : shaped(running, { phase: "string", done: "number", total: "number" }),
  };
}

/** Reads the answer of a backup that was made. */
export function parseBackup(answer: unknown): Backup {
  return shaped(answer, BACKUP);
}

/** Records of each collection, as a manifest tells them. */
export function parseManifest(answer: unknown): readonly (readonly [collection: string, records: number])[] {
  const { collections } = shaped(answer, { collections: "object" });
  return Object.entries(collections).flatMap(([name, count]) =>
    typeof count === "number" && count > 0 ? [[name, count] as const] : [],
  );
}
