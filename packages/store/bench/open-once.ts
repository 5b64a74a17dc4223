/**
 * A fresh process that opens a studio, or parses its largest document, once. Prints the time and what stays in memory.
 * `node open-once.ts open|parse <folder>`
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openFileStore } from "../src/index.ts";

const SETTLE_MS = 2000;

const [mode, folder = ""] = process.argv.slice(2);
const started = performance.now();
if (mode === "open" || mode === "stay") {
  const store = await openFileStore({ dataDir: folder });
  const tookMs = performance.now() - started;
  if (mode === "stay") await wait(SETTLE_MS);
  report(tookMs);
  await store.close();
} else {
  const value: unknown = JSON.parse(readFileSync(path.join(folder, "jobs.json"), "utf8"));
  report(performance.now() - started);
  if (value === null) throw new TypeError("jobs.json holds nothing.");
}

function report(tookMs: number): void {
  process.stdout.write(JSON.stringify({ tookMs, residentBytes: process.memoryUsage.rss() }));
}
