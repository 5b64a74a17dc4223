import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@safelight/store";
import type { FileReport } from "../../imports/core/import-report.ts";
import type { PictureLimits } from "../../imports/inspect-picture.ts";
import { runImport } from "../../imports/run-import.ts";
import { ProblemError } from "../../problem-error.ts";

/** The name by which the importer knows what a file is. */
const FILE_NAME = "job_history.json";

/**
 * Takes a posted `job_history.json` in, as the importer of folders does: what the studio has is left as it is. Without
 * `apply` nothing is written and the report says what would be. Rejects with a 422 problem for what is no job history.
 */
export async function importPostedHistory(
  history: unknown,
  options: { readonly store: Store; readonly apply: boolean; readonly limits: PictureLimits },
): Promise<FileReport> {
  const folder = await mkdtemp(join(tmpdir(), "safelight-import-"));
  try {
    const path = join(folder, FILE_NAME);
    await writeFile(path, JSON.stringify(history), { mode: 0o600 });
    const { files } = await runImport({ ...options, paths: [path], now: () => new Date() });
    const report = files.find(({ kind }) => kind === "job history");
    if (report === undefined) {
      throw new ProblemError(
        422,
        "import.no-history",
        "This file is no job history: it has no list of jobs.",
      );
    }
    return { ...report, file: FILE_NAME };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
