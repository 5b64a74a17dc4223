import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median } from "../../../../packages/store/bench/median.ts";
import type { BenchContext } from "../bench-context.ts";

/** What the machine itself takes, in the same browser: the other figures are read beside these. They have no goal. */
export async function measureMachine(context: BenchContext): Promise<Measurement[]> {
  const { size, progress } = context;
  progress("the machine itself");
  const studio = await context.openStudio(0);
  const profile = await context.openProfile();
  const page = await context.openPage(profile, studio, { records: 0 });
  const raw = await page.evaluate((count) => window.bench.rawTransactions(count), size.writes);
  const roundTrips = await fetchRoundTrips(page, size.writes);
  await profile.close();
  await studio.close();
  return [
    noted("a raw strict transaction of IndexedDB, for comparison", median(raw)),
    noted("a fetch round trip to the studio, for comparison", median(roundTrips)),
  ];
}

function noted(measure: string, value: number): Measurement {
  return measurement({ measure, value, unit: "ms", ratio: 1, atLeast: 1 });
}

function fetchRoundTrips(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (most) => {
    const times: number[] = [];
    for (let index = 0; index < most; index += 1) {
      const startedAtMs = performance.now();
      await (await fetch("/health")).arrayBuffer();
      times.push(performance.now() - startedAtMs);
    }
    return times;
  }, count);
}
