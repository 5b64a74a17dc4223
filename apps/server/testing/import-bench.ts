import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createMemoryStore, type Store } from "@safelight/store";
import type { ImportReport } from "../src/imports/core/import-report.ts";
import { runImport } from "../src/imports/run-import.ts";
import { makeTempDir } from "./temp-dir.ts";

/** A folder of an older app, empty at first, beside an empty studio. */
export interface ImportBench {
  readonly folder: string;
  readonly old: string;
  readonly store: Store;
  importOld(apply: boolean, into?: Store, path?: string): Promise<ImportReport>;
  close(): Promise<void>;
}

const LIMITS = { maxPixels: 10_000, maxFileBytes: 1024 * 1024 };

export function createImportBench(): ImportBench {
  const folder = makeTempDir();
  const old = join(folder.path, "old");
  mkdirSync(old);
  const store = createMemoryStore();
  return {
    folder: folder.path,
    old,
    store,
    importOld: (apply, into = store, path = old) =>
      runImport({
        paths: [path],
        store: into,
        apply,
        limits: LIMITS,
        now: () => new Date("2026-01-01T00:00:00.000Z"),
      }),
    async close() {
      await store.close();
      folder.remove();
    },
  };
}

/** What a report says of all files together. */
export const totalsOf = ({ files }: ImportReport) => ({
  added: files.reduce((sum, { added }) => sum + added, 0),
  present: files.reduce((sum, { present }) => sum + present, 0),
  unusable: files.flatMap(({ unusable }) => unusable),
  missing: files.flatMap(({ missingPictures }) => missingPictures.map(({ entry }) => entry)),
});
