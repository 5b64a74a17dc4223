import { readFile } from "node:fs/promises";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import type { OpenLibrary } from "./open-library.ts";

const MOST_MB = 400;

/** Memory of the tab after everything was looked at: its heap, and all that its process holds for itself. */
export async function measureMemory({
  browser,
  context,
  page,
  progress,
}: OpenLibrary): Promise<Measurement[]> {
  progress("memory");
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics").catch(async () => {
    await session.send("Performance.enable");
    return session.send("Performance.getMetrics");
  });
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  const heap = (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? usedSize) / 1_000_000;
  const lines = [
    measurement({ measure: "heap of the tab", value: heap, unit: "MB", ratio: MOST_MB / heap, atLeast: 1 }),
  ];
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  await system.detach();
  const sizes = await Promise.all(
    processInfo.filter(({ type }) => type === "renderer").map(({ id }) => privateMb(id)),
  );
  const largest = Math.max(...sizes.flatMap((size) => size ?? []));
  if (Number.isFinite(largest)) {
    lines.push(
      measurement({
        measure: "memory of the tab's process that is its own",
        value: largest,
        unit: "MB",
        ratio: MOST_MB / largest,
        atLeast: 1,
      }),
    );
  }
  return lines;
}

/** Only Linux tells. */
async function privateMb(processId: number): Promise<number | undefined> {
  try {
    const text = await readFile(`/proc/${processId}/smaps_rollup`, "utf8");
    const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].map(([, size]) =>
      Number(size),
    );
    return kilobytes.reduce((sum, size) => sum + size, 0) / 1000;
  } catch {
    // Another system, or the process has ended.
    return undefined;
  }
}
