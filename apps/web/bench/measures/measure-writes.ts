import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median, quantile } from "../../../../packages/store/bench/median.ts";
import type { BenchContext } from "../bench-context.ts";

/** Writes: until they are shown, until they are on the disk, until another device shows them; and their bytes. */
export async function measureWrites(context: BenchContext): Promise<Measurement[]> {
  const { size, progress } = context;
  progress("writes");
  const studio = await context.openStudio(size.few);
  const query = { records: size.few };
  const [here, there] = [await context.openProfile(), await context.openProfile()];
  const [left, right] = [
    await context.openPage(here, studio, query),
    await context.openPage(there, studio, query),
  ];
  for (const page of [left, right]) {
    await page.waitForFunction(
      () => window.bench.sync.status().state === "saved" && window.bench.times.whole > 0,
    );
  }
  const { shown, durable, raw } = await left.evaluate((count) => window.bench.writes(count), size.writes);
  const arrivals = await timesToArrive(left, right, size.writes);
  const bytes = await bytesOfEdit(left);
  await studio.close();

  const shownMs = quantile(shown, 0.95);
  const durableRatio = median(raw) / median(durable);
  const arrivedMs = quantile(arrivals, 0.95);
  return [
    measurement({
      measure: "write, in the list, p95",
      value: shownMs,
      unit: "ms",
      ratio: 5 / shownMs,
      atLeast: 1,
    }),
    measurement({
      measure: "write, on the disk, against a raw strict transaction",
      value: median(durable),
      unit: "ms",
      ratio: durableRatio,
      atLeast: 1 / 1.5,
    }),
    measurement({
      measure: "write on one device, on screen on another, p95",
      value: arrivedMs,
      unit: "ms",
      ratio: 50 / arrivedMs,
      atLeast: 1,
    }),
    measurement({
      measure: "bytes of a one-field edit",
      value: bytes,
      unit: "B",
      ratio: 600 / bytes,
      atLeast: 1,
    }),
  ];
}

/** Both devices have one clock: they are on one machine. */
async function timesToArrive(left: Page, right: Page, count: number): Promise<number[]> {
  await right.bringToFront();
  const arrived = right.evaluate(
    (most) =>
      new Promise<number[]>((resolve) => {
        const times = new Map<string, number>();
        window.bench.sync.subscribe(() => {
          for (const { name } of window.bench.sync.list("boards")) {
            if (times.has(name)) continue;
            times.set(name, Number.NaN);
            requestAnimationFrame(() => {
              times.set(name, Date.now() - Number(name));
              const all = [...times.values()];
              if (all.length === most && !all.some(Number.isNaN)) resolve(all);
            });
          }
        }, ["boards"]);
      }),
    count,
  );
  await left.evaluate(async (most) => {
    for (let index = 0; index < most; index += 1) {
      window.bench.sync.create("boards", { name: String(Date.now()) });
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }, count);
  return arrived;
}

/** Bodies of the push and of its answer, without headers. */
async function bytesOfEdit(page: Page): Promise<number> {
  const id = await page.evaluate(() => window.bench.sync.list("styles")[0]?.id ?? "");
  const pushed = page.waitForResponse("**/api/sync/push");
  await page.evaluate((key) => window.bench.sync.update("styles", key, { triggerWord: "dsk" }).durable, id);
  const answer = await pushed;
  const sent = answer.request().postDataBuffer()?.byteLength ?? 0;
  return sent + (await answer.body()).byteLength;
}
