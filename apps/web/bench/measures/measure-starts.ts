import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median } from "../../../../packages/store/bench/median.ts";
import { type BenchContext, createPusher, pictureId } from "../bench-context.ts";

/** How long a page is given to be gone, in milliseconds. */
const END_MS = 300;

type Moment = "painted" | "usable" | "whole" | "caughtUp";

interface Starts {
  readonly usable: number;
  readonly whole: number;
  readonly cached: number;
  readonly caughtUp: number;
}

/** First syncs, cached starts and catching up, at two sizes of a studio. */
export async function measureStarts(context: BenchContext): Promise<Measurement[]> {
  const { few, many, missed } = context.size;
  const small = await startsOf(context, few);
  const large = await startsOf(context, many);
  const equal = Math.min(small.cached, large.cached) / Math.max(small.cached, large.cached);
  const atMost = (measure: string, value: number, limitMs: number) =>
    measurement({ measure, value, unit: "ms", ratio: limitMs / value, atLeast: 1 });
  return [
    atMost(`cached start to first paint, ${few} records`, small.cached, 100),
    atMost(`cached start to first paint, ${many} records`, large.cached, 100),
    measurement({
      measure: "cached starts at both sizes, equal",
      value: equal,
      unit: "x",
      ratio: equal,
      atLeast: 0.8,
    }),
    atMost(`first sync, ${few} records`, small.whole, 1000),
    atMost(`first sync, ${many} records`, large.whole, 8000),
    atMost("first sync, usable", Math.max(small.usable, large.usable), 300),
    atMost(`catch-up of ${missed} changes`, small.caughtUp, 300),
  ];
}

async function startsOf(context: BenchContext, records: number): Promise<Starts> {
  const { size, progress } = context;
  progress(`filling a studio with ${records} records`);
  const studio = await context.openStudio(records);
  const push = createPusher(studio);
  const runs: Omit<Starts, "cached">[] = [];
  const painted: number[] = [];
  for (let run = 0; run < size.runs; run += 1) {
    progress(`starts at ${records} records, run ${run + 1}`);
    const profile = await context.openProfile();
    const first = await context.openPage(profile, studio, { records });
    const whole = await timeOf(first, "whole");
    const usable = await timeOf(first, "usable");
    await first.waitForFunction(() => window.bench.sync.status().state === "saved");
    await first.close();
    for (let start = 0; start < size.starts; start += 1) {
      // A page that ends takes the machine's time too.
      await sleep(END_MS);
      const cached = await context.openPage(profile, studio, { records });
      painted.push(await timeOf(cached, "painted"));
      await timeOf(cached, "whole");
      await cached.close();
    }
    // Another record each time: it has no title yet, and is the last one that changes.
    const last = Math.min(records, (run + 1) * size.missed) - 1;
    for (let at = last - size.missed + 1; at <= last; at += 250) {
      const count = Math.min(250, last - at + 1);
      await push(Array.from({ length: count }, (_, index) => titleOf(at + index)));
    }
    const late = await context.openPage(profile, studio, { records, changed: pictureId(last) });
    const caughtUp = await timeOf(late, "caughtUp");
    runs.push({ usable, whole, caughtUp });
    await profile.close();
  }
  await studio.close();
  const of = (name: keyof Omit<Starts, "cached">) => median(runs.map((times) => times[name]));
  return { usable: of("usable"), whole: of("whole"), cached: median(painted), caughtUp: of("caughtUp") };
}

function titleOf(at: number): object {
  return { collection: "contents", id: pictureId(at), op: "update", set: { title: `changed ${at}` } };
}

async function timeOf(page: Page, moment: Moment): Promise<number> {
  const handle = await page.waitForFunction(
    (name) => (Number.isNaN(window.bench.times[name]) ? undefined : { at: window.bench.times[name] }),
    moment,
    { timeout: 120_000 },
  );
  return (await handle.jsonValue())?.at ?? Number.NaN;
}
