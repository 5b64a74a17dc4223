/**
 * Creates the data folder where it is missing, checks it as a start would, and says what it found.
 * `node scripts/init-storage.ts [folder]`; without one, `DATA_DIR` or `data/`. Exit code 1 when the folder cannot be used.
 */
import { join, resolve } from "node:path";
import { checkDataFolder, type DataFolderReport } from "../packages/store/src/index.ts";
import { repositoryRoot } from "./repository-root.ts";

const STATES: Readonly<Record<DataFolderReport["state"], string>> = {
  created: "created, ready to use",
  ready: "in order, ready to use",
  "in-use": "in use by a running studio; not touched",
  refused: "cannot be used; nothing was changed",
};

const folder = resolve(process.argv[2] ?? process.env["DATA_DIR"] ?? join(repositoryRoot, "data"));
const report = await checkDataFolder(folder);
process.stdout.write(`${linesOf(report).join("\n")}\n`);
process.exitCode = report.state === "refused" ? 1 : 0;

function linesOf({ dataDir, state, health, holder, problem }: DataFolderReport): readonly string[] {
  const lines = [`${dataDir}: ${STATES[state]}`];
  if (health !== undefined)
    lines.push(`${health.records} records, ${health.seq} commits, epoch ${health.epoch}`);
  if (holder !== undefined) lines.push(`held by process ${holder.pid} on ${holder.host}`);
  if (problem !== undefined) lines.push(`${problem.code}: ${problem.message}`);
  for (const { code, file, message } of health?.findings ?? []) {
    lines.push(`found: ${file === undefined ? "" : `${file}: `}${message} (${code})`);
  }
  return lines;
}
