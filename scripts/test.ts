/**
 * `npm test`: every check of the project, in the order in which they are cheapest to fail. Prints a line per step, the
 * whole output of a step that failed, a line for each test that passed at its second try, and at the end `N passed, N failed`.
 */
import { checkBoundaries } from "./boundaries/check-boundaries.ts";
import { findDeadGates } from "./check-gates.ts";
import { ensureChromium } from "./ensure-chromium.ts";
import { run } from "./run.ts";
import { runVitest } from "./run-vitest.ts";

interface StepOutcome {
  readonly passed: number;
  readonly failed: number;
  /** Shown when something failed. */
  readonly output: string;
  /** Shown in any case. */
  readonly notes?: readonly string[];
}

interface Step {
  readonly name: string;
  readonly run: () => Promise<StepOutcome>;
}

const TYPED_PROJECTS = [
  ".",
  "packages/shared",
  "packages/store",
  "packages/sync",
  "packages/providers",
  "apps/server",
  "apps/web",
];

const tool = (name: string, program: string, args: readonly string[]): Step => ({
  name,
  run: async () => {
    const { code, output } = await run(program, args);
    return verdict(code === 0, output);
  },
});

const steps: readonly Step[] = [
  tool("format", "oxfmt", ["--check"]),
  tool("lint", "oxlint", ["--deny-warnings"]),
  {
    name: "import rules",
    run: async () => {
      const violations = checkBoundaries();
      return verdict(violations.length === 0, violations.join("\n"));
    },
  },
  ...TYPED_PROJECTS.map((project) => tool(`types ${project}`, "tsc", ["-p", project, "--pretty", "false"])),
  tool("unused code", "knip", ["--no-progress", "--treat-config-hints-as-errors"]),
  {
    name: "gates can fail",
    run: async () => {
      const dead = await findDeadGates();
      return verdict(dead.length === 0, dead.map((rule) => `stayed green: ${rule}`).join("\n"));
    },
  },
  { name: "unit and integration", run: () => runVitest("node", {}) },
  tool("web build", "turbo", ["run", "build", "--filter=@safelight/web", "--output-logs=errors-only"]),
  {
    name: "browser",
    run: async () => runVitest("browser", { CHROMIUM_PATH: await ensureChromium() }),
  },
];

let passed = 0;
let failed = 0;
for (const step of steps) {
  const startedAt = performance.now();
  const outcome = await step.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  passed += outcome.passed;
  failed += outcome.failed;
  const mark = outcome.failed === 0 ? "ok  " : "FAIL";
  const count = outcome.passed + outcome.failed > 1 ? `, ${outcome.passed} passed` : "";
  process.stdout.write(`${mark}  ${step.name} (${seconds} s${count})\n`);
  for (const note of outcome.notes ?? []) process.stdout.write(`      ${note}\n`);
  if (outcome.failed > 0) process.stdout.write(`${outcome.output.trimEnd()}\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function verdict(good: boolean, output: string): StepOutcome {
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, output };
}
