import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { quantile } from "../../../../packages/store/bench/median.ts";
import type { OpenLibrary } from "./open-library.ts";

const TYPED = ["lighthouse dusk", "灯台", "маяк", "fox", "robot garden film"];
const BETWEEN_KEYS_MS = 120;

/** Typing in the search field, letter by letter: from the key to what it found on the screen. */
export async function measureSearch({ page, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("search");
  const field = page.getByLabel("Search the library");
  await field.click();
  await page.evaluate(() => window.pageBench.keyTimes.splice(0));
  for (const words of TYPED) {
    for (const letter of words) {
      await page.keyboard.insertText(letter);
      await page.waitForTimeout(BETWEEN_KEYS_MS);
    }
    await page.waitForTimeout(500);
    await field.press("Escape");
    await page.waitForTimeout(500);
  }
  const times = await page.evaluate(() => window.pageBench.keyTimes);
  const line = (measure: string, share: number) => {
    const value = quantile(times, share);
    return measurement({ measure, value, unit: "ms", ratio: 50 / value, atLeast: 1 });
  };
  return [line("search as you type, median", 0.5), line("search as you type, 95th percentile", 0.95)];
}
