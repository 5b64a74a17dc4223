/**
 * Measures sync in a real browser against the real server: `pnpm bench:sync [--json FILE] [--small] [--only NAME]`. Exits with 1
 * when a figure misses its goal, unless it is small.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { tableOf } from "../../../packages/store/bench/measurement.ts";
import { createBenchContext, FULL_SIZE, SMALL_SIZE } from "./bench-context.ts";
import { runBenchmarks } from "./run-benchmarks.ts";

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    small: { type: "boolean", default: false },
    only: { type: "string" },
  },
});

const context = await createBenchContext({
  size: values.small ? SMALL_SIZE : FULL_SIZE,
  progress: (words) => void process.stderr.write(`${words}\n`),
});
try {
  const lines = await runBenchmarks(context, values.only);
  process.stdout.write(tableOf(lines));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(lines, undefined, 2)}\n`);
  process.exitCode = values.small || lines.every(({ pass }) => pass) ? 0 : 1;
} finally {
  await context.dispose();
}
