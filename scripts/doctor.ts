/**
 * Looks at a data folder and changes nothing in it: `pnpm run doctor [DIR] [--json]`; without a folder, `DATA_DIR` or `data/`. Reads
 * the journal, every document and its `.backup`, and every blob. Exit code 1 when something is damaged or a start would be refused.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type DataFolderInspection, inspectDataFolder } from "../packages/store/src/index.ts";
import { repositoryRoot } from "./repository-root.ts";

try {
  const { values, positionals } = parseArgs({
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const base = process.env["INIT_CWD"] ?? process.cwd();
  const dataDir = resolve(base, positionals[0] ?? process.env["DATA_DIR"] ?? join(repositoryRoot, "data"));
  const found = await inspectDataFolder(dataDir);
  const text = values.json ? JSON.stringify(found, undefined, 2) : linesOf(found).join("\n");
  process.stdout.write(`${text}\n`);
  process.exitCode = isSound(found) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function isSound({ problem, observations }: DataFolderInspection): boolean {
  return problem === undefined && observations.every(({ severity }) => severity === "note");
}

function linesOf(found: DataFolderInspection): readonly string[] {
  const { dataDir, studio, holder, problem, observations, storage, blobs, quarantine, freeBytes } = found;
  const rows: (readonly [string, string])[] = [
    ["folder", dataDir],
    [
      "format",
      studio === undefined
        ? "no studio.json"
        : `version ${studio.version}, epoch ${studio.epoch ?? "to come"}`,
    ],
  ];
  if (holder !== undefined) {
    const state = holder.isRunning ? "is running" : "is not running any more";
    rows.push(["held by", `process ${holder.pid} on ${holder.host} since ${holder.since}, which ${state}`]);
  }
  if (found.seq !== undefined) rows.push(["content", `${found.records} records, ${found.seq} commits`]);
  if (storage !== undefined) {
    rows.push(["journal", `${storage.journal.files} files, ${sizeOf(storage.journal.sizeBytes)}`]);
    rows.push(["history", `${storage.history.files} files, ${sizeOf(storage.history.sizeBytes)}`]);
    rows.push(["documents", `${storage.documents.length}, with their backups`]);
  }
  if (blobs !== undefined) {
    rows.push([
      "blobs",
      `${blobs.checkedBlobs} read (${sizeOf(blobs.checkedBytes)}), ${blobs.damagedCount} damaged, ${blobs.missingCount} missing, ${blobs.unreferencedCount} unreferenced`,
    ]);
  }
  rows.push(["quarantine", quarantine.length === 0 ? "empty" : `${quarantine.length} files`]);
  rows.push(["free space", sizeOf(freeBytes)]);
  const lines = rows.map(([name, value]) => `${name.padEnd(12)}${value}`);
  if (problem !== undefined) lines.push(`refused     ${problem.message} (${problem.code})`);
  for (const { severity, code, file, message } of observations) {
    lines.push(`${severity.padEnd(12)}${file === undefined ? "" : `${file}: `}${message} (${code})`);
  }
  lines.push(verdictOf(found));
  return lines;
}

function verdictOf(found: DataFolderInspection): string {
  if (found.problem !== undefined) return "A start would refuse this folder.";
  if (!isSound(found)) return "Something is damaged; see above. Nothing was changed.";
  return "In order.";
}

function sizeOf(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`;
}
