/**
 * Makes a verified backup of a stopped studio: `pnpm backup [--data-dir DIR] [--out FOLDER]`; without `--out`, into the data
 * folder's `backups/`. A running studio makes its own: `POST /api/backups`.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createBackups } from "../apps/server/src/backups/backups.ts";
import { openFileStore, StoreError } from "../packages/store/src/index.ts";
import { repositoryRoot } from "./repository-root.ts";

try {
  await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "data-dir": { type: "string" }, out: { type: "string" } } });
  // pnpm starts scripts at the root; a relative path means the folder that it was typed in.
  const base = process.env["INIT_CWD"] ?? process.cwd();
  const dataDir = resolve(
    base,
    values["data-dir"] ?? process.env["DATA_DIR"] ?? join(repositoryRoot, "data"),
  );
  if (!existsSync(dataDir)) throw new Error(`There is no data folder at ${dataDir}.`);
  const folder = values.out === undefined ? join(dataDir, "backups") : resolve(base, values.out);
  const store = await openFileStore({ dataDir });
  try {
    const { backup } = await createBackups({ store, folder, now: () => new Date() }).make();
    const { name, records, blobs, missingBlobs, sizeBytes } = backup;
    process.stdout.write(
      `${join(folder, name)}\n${records} records, ${blobs} blobs, ${sizeBytes} bytes; read back and found right\n`,
    );
    if (missingBlobs > 0) {
      process.stdout.write(
        `${missingBlobs} blobs that records speak of are not in the studio; manifest.json lists them\n`,
      );
    }
  } finally {
    await store.close();
  }
}

function explain(error: unknown): string {
  if (error instanceof StoreError && error.code === "store.locked") {
    return `${error.message} A running studio makes its own backup: curl -X POST http://127.0.0.1:8787/api/backups`;
  }
  return error instanceof Error ? error.message : String(error);
}
