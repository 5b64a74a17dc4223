/**
 * Makes a data folder of a backup: `pnpm restore FILE [--into DIR] [--replace]`; without `--into`, `DATA_DIR` or `data/`. The archive is
 * verified whole before anything is changed. `--replace` sets aside what is in the folder.
 */
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { restoreBackup } from "../apps/server/src/backups/restore-backup.ts";
import { repositoryRoot } from "./repository-root.ts";

const USAGE = "Usage: pnpm restore FILE [--into DIR] [--replace]";

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { into: { type: "string" }, replace: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new Error(USAGE);
  // pnpm starts scripts at the root; a relative path means the folder that it was typed in.
  const base = process.env["INIT_CWD"] ?? process.cwd();
  const file = resolve(base, given);
  const dataDir = resolve(base, values.into ?? process.env["DATA_DIR"] ?? join(repositoryRoot, "data"));
  const { replace } = values;
  const { manifest, setAside } = await restoreBackup({ file, dataDir, replace, now: () => new Date() });
  const records = Object.values(manifest.collections).reduce((sum, count) => sum + count, 0);
  const lines = [
    `${dataDir} is what the studio was at ${manifest.createdAt}: ${records} records, ${manifest.blobs.count} blobs, commit ${manifest.seq}.`,
    "Browsers that were connected notice, and send again what the backup does not have of their last 24 hours.",
  ];
  if (setAside !== undefined)
    lines.push(
      `What was there before is in ${relative(dataDir, setAside)}/ in it; delete it when you are sure.`,
    );
  if (manifest.missingBlobs.length > 0) {
    lines.push(
      `${manifest.missingBlobs.length} blobs were missing when the backup was made; pnpm run doctor names them.`,
    );
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}
