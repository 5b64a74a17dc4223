import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";

/** Counts of one vitest project. A run that dies, or runs nothing, counts as one failure. */
export interface VitestOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
}

/** Runs one project of vitest.config.ts to its end and counts its tests. */
export async function runVitest(
  project: string,
  env: Readonly<Record<string, string>>,
): Promise<VitestOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "safelight-vitest-"));
  const file = join(folder, "report.json");
  try {
    const { code, output } = await run(
      "vitest",
      ["run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`],
      { env: { ...env, NO_COLOR: "1" } },
    );
    const report = readReport(file);
    if (report === undefined) return { passed: 0, failed: 1, output };
    const broken = code !== 0 || !report.success || report.numPassedTests === 0;
    const failed = broken ? Math.max(1, report.numFailedTests) : 0;
    return { passed: report.numPassedTests, failed, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  } catch {
    // vitest died before it could write one: its output says why.
    return undefined;
  }
}
