import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median } from "../../../../packages/store/bench/median.ts";
import { USABLE } from "./install-page-bench.ts";
import { type OpenLibrary, untilWhole } from "./open-library.ts";

/** From the device's cache: a reload, and coming from another room. */
export async function measureFirstPage({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  const reloads: number[] = [];
  const usables: number[] = [];
  const entries: number[] = [];
  for (let run = 0; run < size.runs; run += 1) {
    progress(`first page, run ${run + 1}`);
    const { firstPageMs, usableMs } = await reloadUntilUsable(page);
    reloads.push(firstPageMs);
    usables.push(usableMs);
    await untilWhole(page, size.records);
    await page.locator('nav a[href="/settings"]').click();
    await page.waitForFunction(() => document.querySelector('[role="grid"]') === null);
    entries.push(
      await page.evaluate(() => {
        const link = [...document.querySelectorAll<HTMLAnchorElement>("nav a")].find(
          ({ pathname }) => pathname === "/create",
        );
        const shown = window.pageBench.untilPainted(
          () => document.querySelectorAll('[role="gridcell"]').length >= 6,
        );
        link?.click();
        return shown;
      }),
    );
    await untilWhole(page, size.records);
  }
  const line = (measure: string, values: readonly number[], limitMs: number) => {
    const value = median(values);
    return measurement({ measure, value, unit: "ms", ratio: limitMs / value, atLeast: 1 });
  };
  return [
    line("first page from cache, coming from another room", entries, 100),
    line("first page from cache, reload, since the script is there", reloads, 100),
    line("the same, until it can be used", usables, 300),
  ];
}

/**
 * Reloads; answers when the app's own first page and what stood before it were painted. Nothing is asked of the page meanwhile: what
 * a driver puts into a page to look at it takes longer to compile than the page's own first script.
 */
export async function reloadUntilUsable(page: Page): Promise<{ firstPageMs: number; usableMs: number }> {
  const told = page.waitForEvent("console", (message) => message.text() === USABLE);
  await page.reload({ waitUntil: "commit" });
  await told;
  return page.evaluate(() => {
    const { firstPageMs, usableMs } = window.pageBench;
    return { firstPageMs, usableMs };
  });
}
