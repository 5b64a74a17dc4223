import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median, quantile } from "../../../../packages/store/bench/median.ts";
import type { OpenLibrary } from "./open-library.ts";

/** Pixels per frame: as one reads, and as one drags the scroll bar. */
const READING = 40;
const DRAGGING = 2400;
const JUMPS = 12;
const MOST_ELEMENTS = 1500;
const FRAME_MS = 1000 / 60;

/** Frames, missing rows and the size of the page while the library is scrolled. */
export async function measureScroll({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("scrolling");
  const scroll = (perFrame: number) =>
    page.evaluate((options) => window.pageBench.scroll(options), { perFrame, frames: size.scrollFrames });
  const slow = await scroll(READING);
  const fast = await scroll(DRAGGING);
  const jumps = await page.evaluate((count) => window.pageBench.jump(count), JUMPS);
  const frames = slow.frameMs.length / (slow.frameMs.reduce((sum, ms) => sum + ms, 0) / 1000);
  const elements = Math.max(slow.mostElements, fast.mostElements);
  const blank = Math.max(fast.longestBlankMs, 1);
  const jump = quantile(jumps, 0.95);
  return [
    measurement({
      measure: "frames a second, scrolling as one reads",
      value: frames,
      unit: "/s",
      ratio: frames / 60,
      atLeast: 0.97,
    }),
    measurement({
      measure: "time between frames, dragging the scroll bar, median",
      value: median(fast.frameMs),
      unit: "ms",
      ratio: FRAME_MS / median(fast.frameMs),
      atLeast: 0.97,
    }),
    measurement({
      measure: "longest time with a row missing, dragging",
      value: fast.longestBlankMs,
      unit: "ms",
      ratio: 100 / blank,
      atLeast: 1,
    }),
    measurement({
      measure: "jump to anywhere, until no row is missing, 95th percentile",
      value: jump,
      unit: "ms",
      ratio: 100 / jump,
      atLeast: 1,
    }),
    measurement({
      measure: "most elements in the page",
      value: elements,
      unit: "",
      ratio: MOST_ELEMENTS / elements,
      atLeast: 1,
    }),
  ];
}
