/**
 * Proves that every gate can fail: plants one violation per rule and expects red. Prints what stayed green.
 * Run by `npm test`; by hand: `node scripts/check-gates.ts`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findViolations } from "./boundaries/find-violations.ts";
import { IMPORT_RULES } from "./boundaries/import-rules.ts";
import {
  PLANTED_FOLDERS,
  PLANTED_IMPORTS,
  PLANTED_LINT,
  PLANTED_TYPES,
  PLANTED_UNTIDY,
  type PlantedFile,
} from "./planted-violations.ts";
import { repositoryRoot } from "./repository-root.ts";
import { run } from "./run.ts";

/** Rules that a planted violation did not turn red; empty when every gate works. */
export async function findDeadGates(): Promise<readonly string[]> {
  return [...deadImportRules(), ...(await deadToolRules())];
}

function deadImportRules(): readonly string[] {
  const dead = PLANTED_IMPORTS.filter(
    ({ rule, file, source }) => !findViolations(file, source).some((found) => found.rule.name === rule),
  ).map(({ rule, file }) => `${rule} (${file})`);
  const unproven = IMPORT_RULES.filter(({ name }) => !PLANTED_IMPORTS.some(({ rule }) => rule === name));
  return [...dead, ...unproven.map(({ name }) => `${name}: no violation is planted for it`)];
}

async function deadToolRules(): Promise<readonly string[]> {
  removePlanted();
  try {
    for (const planted of [...PLANTED_LINT, ...PLANTED_TYPES, PLANTED_UNTIDY]) plant(planted);
    const lint = await run("oxlint", ["--format=unix", ...PLANTED_FOLDERS]);
    const types = await run("tsc", ["-p", "packages/store", "--pretty", "false"]);
    const format = await run("oxfmt", ["--list-different", PLANTED_UNTIDY.file]);
    const unused = await run("knip", ["--no-progress", "--include", "files"]);
    return [
      ...PLANTED_LINT.filter(({ rule, file }) => !reports(lint.output, file, rule)).map(({ rule }) => rule),
      ...PLANTED_TYPES.filter(({ rule, file }) => !reports(types.output, file, rule)).map(({ rule }) => rule),
      ...(format.output.includes("untidy.ts") ? [] : ["format check"]),
      ...(unused.output.includes("untidy.ts") ? [] : ["unused code"]),
    ];
  } finally {
    removePlanted();
  }
}

function reports(output: string, file: string, rule: string): boolean {
  return output.split("\n").some((line) => line.includes(file) && line.includes(rule));
}

function plant({ file, source }: PlantedFile): void {
  const path = join(repositoryRoot, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}

function removePlanted(): void {
  for (const folder of PLANTED_FOLDERS) {
    rmSync(join(repositoryRoot, folder), { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const dead = await findDeadGates();
  for (const rule of dead) process.stdout.write(`stayed green: ${rule}\n`);
  process.exitCode = dead.length === 0 ? 0 : 1;
}
