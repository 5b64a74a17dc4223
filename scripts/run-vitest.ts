import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";
import { SECOND_TRY } from "./second-try-reporter.ts";

/** Counts of one vitest project. A run that dies, or runs nothing, counts as one failure. */
export interface VitestOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
  /** A line for each test that passed only when it was tried again. */
  readonly notes: readonly string[];
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
    const { code, output } = await run("vitest", ["run", "--project", project], {
      env: { ...env, NO_COLOR: "1", TEST_REPORT: file },
    });
    const notes = output.split("\n").filter((line) => line.startsWith(SECOND_TRY));
    const report = readReport(file);
    if (report === undefined) return { passed: 0, failed: 1, output, notes };
    const broken = code !== 0 || !report.success || report.numPassedTests === 0;
    const failed = broken ? Math.max(1, report.numFailedTests) : 0;
    return { passed: report.numPassedTests, failed, output, notes };
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
