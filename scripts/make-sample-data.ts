/**
 * Fills a new data folder with a year of made-up work, for trying things at size:
 * `pnpm sample-data --into DIR [--jobs N] [--contents N] [--pictures N] [--seed N]`. The same seed gives the same work.
 */
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openFileStore } from "../packages/store/src/index.ts";
import { fillWithSamples } from "./sample-data/fill-with-samples.ts";

const USAGE = "Usage: pnpm sample-data --into DIR [--jobs N] [--contents N] [--pictures N] [--seed N]";

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      into: { type: "string" },
      jobs: { type: "string", default: "1000" },
      contents: { type: "string", default: "1000" },
      pictures: { type: "string", default: "240" },
      seed: { type: "string", default: "1" },
    },
  });
  if (values.into === undefined) throw new Error(USAGE);
  // pnpm starts scripts at the root; a relative path means the folder that it was typed in.
  const dataDir = resolve(process.env["INIT_CWD"] ?? process.cwd(), values.into);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is not empty. Made-up work goes into a folder of its own.`);
  }
  const [jobs, contents, pictures, seed] = [
    wholeNumber("jobs", values.jobs),
    wholeNumber("contents", values.contents),
    Math.max(1, wholeNumber("pictures", values.pictures)),
    wholeNumber("seed", values.seed),
  ];
  const startedMs = performance.now();
  const store = await openFileStore({ dataDir });
  try {
    await fillWithSamples(store, { jobs, contents, pictures, seed, nowMs: Date.now() });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(
      `${dataDir}\n${store.count("jobs")} jobs, ${store.count("contents")} contents, ${pictures} pictures in ${seconds} s\n`,
    );
  } finally {
    await store.close();
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 10_000_000) throw new Error(`--${name} takes a whole number. ${USAGE}`);
  return value;
}
