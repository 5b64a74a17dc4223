/**
 * Imports what older apps wrote: `pnpm import-old <path…> [--apply] [--data-dir DIR]`. Without `--apply` it only says
 * what it would do. Exit code 1 when it could not be done, nothing was found, or something in the files is unusable.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../apps/server/src/config.ts";
import { configureDecoder } from "../apps/server/src/media/configure-decoder.ts";
import { describeReport } from "../apps/server/src/imports/core/describe-report.ts";
import { runImport } from "../apps/server/src/imports/run-import.ts";
import { createMemoryStore, openFileStore, type Store, StoreError } from "../packages/store/src/index.ts";
import { repositoryRoot } from "./repository-root.ts";

const USAGE = "Usage: pnpm import-old <path…> [--apply] [--data-dir DIR]";

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { apply: { type: "boolean", default: false }, "data-dir": { type: "string" } },
  });
  if (positionals.length === 0) throw new Error(USAGE);
  const { apply } = values;
  // pnpm starts scripts at the root; a relative path means the folder that it was typed in.
  const base = process.env["INIT_CWD"] ?? process.cwd();
  const { DATA_DIR, MAX_PIXELS, MAX_UPLOAD_BYTES } = process.env;
  const env = { DATA_DIR: values["data-dir"] ?? DATA_DIR, MAX_PIXELS, MAX_UPLOAD_BYTES };
  const config = readConfig(env, { dataDir: join(repositoryRoot, "data") });
  const dataDir = resolve(base, env.DATA_DIR || config.dataDir);
  const limits = { maxPixels: config.maxPixels, maxFileBytes: config.maxUploadBytes };
  const paths = positionals.map((path) => resolve(base, path));
  for (const path of paths) if (!existsSync(path)) throw new Error(`There is nothing at ${path}.`);
  configureDecoder();
  const store = await openStudio(dataDir, apply);
  try {
    const report = await runImport({ paths, store, apply, limits, now: () => new Date() });
    process.stdout.write(`Into ${dataDir}\n\n${describeReport(report)}`);
    const nothingFound = report.files.length === 0;
    return nothingFound || report.files.some(({ unusable }) => unusable.length > 0) ? 1 : 0;
  } finally {
    await store.close();
  }
}

/** A dry run makes no folder: where there is none yet, it compares with an empty studio. */
async function openStudio(dataDir: string, apply: boolean): Promise<Store> {
  if (!apply && !existsSync(dataDir)) return createMemoryStore();
  return await openFileStore({ dataDir });
}

function explain(error: unknown): string {
  if (error instanceof StoreError && error.code === "store.locked") {
    return `${error.message} A running studio is stopped with Ctrl-C; then run this again.`;
  }
  return error instanceof Error ? error.message : String(error);
}
