import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchContext } from "../bench-context.ts";
import { openFilledStore } from "../fill-store.ts";
import { measurement, type Measurement } from "../measurement.ts";
import { median } from "../median.ts";

const MEGABYTE = 1_000_000;
const MOST_MEMORY_MB = 160;

/** Opening the large studio, and what it keeps in memory: fresh processes, one after another. */
export async function measureOpenAndMemory(context: BenchContext): Promise<readonly Measurement[]> {
  const { records, rounds } = context.size;
  const folder = await context.folder("open");
  const empty = await context.folder("open-empty");
  await (await openFilledStore(folder, records)).close();
  await (await openFilledStore(empty, 0)).close();

  const openMs: number[] = [];
  const parseMs: number[] = [];
  const residentMb: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    context.progress(`open, round ${round + 1} of ${rounds}`);
    openMs.push((await openOnce("open", folder)).tookMs);
    parseMs.push((await openOnce("parse", folder)).tookMs);
    const [full, base] = [await openOnce("stay", folder), await openOnce("stay", empty)];
    residentMb.push((full.residentBytes - base.residentBytes) / MEGABYTE);
  }
  return [
    measurement({
      measure: `open ${records} records, against JSON.parse of the same (at most 1.1 times as long)`,
      value: median(openMs),
      unit: "ms",
      ratio: median(parseMs) / median(openMs),
      atLeast: 1 / 1.1,
    }),
    measurement({
      measure: `resident memory with ${records} records, above an empty store, of at most ${MOST_MEMORY_MB} MB`,
      value: median(residentMb),
      unit: "MB",
      ratio: MOST_MEMORY_MB / median(residentMb),
      atLeast: 1,
    }),
  ];
}

async function openOnce(
  mode: "open" | "parse" | "stay",
  folder: string,
): Promise<{ readonly tookMs: number; readonly residentBytes: number }> {
  const script = fileURLToPath(new URL("../open-once.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, mode, folder]);
  const value: unknown = JSON.parse(stdout);
  if (typeof value === "object" && value !== null && "tookMs" in value && "residentBytes" in value) {
    const { tookMs, residentBytes } = value;
    if (typeof tookMs === "number" && typeof residentBytes === "number") return { tookMs, residentBytes };
  }
  throw new TypeError(`open-once.ts printed ${stdout}`);
}
