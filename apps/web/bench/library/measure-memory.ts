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
    processInfo.filter(({ type }) => type === "renderer").map(({ id }) => memoryOf(id)),
  );
  const [largest] = sizes.flatMap((size) => size ?? []).sort((one, other) => other.ownMb - one.ownMb);
  if (largest !== undefined) {
    const { residentMb, shareMb, ownMb } = largest;
    lines.push(
      noted("resident memory of the tab's process, with what it shares", residentMb),
      noted("the same, what is shared divided among those that share it", shareMb),
      measurement({
        measure: "memory of the tab's process that is its own",
        value: ownMb,
        unit: "MB",
        ratio: MOST_MB / ownMb,
        atLeast: 1,
      }),
    );
  }
  return lines;
}

/** Has no goal: the figure beside it is judged. */
function noted(measure: string, value: number): Measurement {
  return measurement({ measure, value, unit: "MB", ratio: 1, atLeast: 1 });
}

/** Of one process. `ownMb` is what the task manager of a browser shows: what would be free again if the process ended. */
interface ProcessMemory {
  readonly residentMb: number;
  readonly shareMb: number;
  readonly ownMb: number;
}

/** Only Linux tells. */
async function memoryOf(processId: number): Promise<ProcessMemory | undefined> {
  try {
    const text = await readFile(`/proc/${processId}/smaps_rollup`, "utf8");
    const megabytes = (...names: readonly string[]) => {
      const sizes = names.map((name) =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? 0),
      );
      return sizes.reduce((sum, size) => sum + size, 0) / 1000;
    };
    return {
      residentMb: megabytes("Rss"),
      shareMb: megabytes("Pss", "SwapPss"),
      ownMb: megabytes("Private_Clean", "Private_Dirty", "Swap"),
    };
  } catch {
    // Another system, or the process has ended.
    return undefined;
  }
}
