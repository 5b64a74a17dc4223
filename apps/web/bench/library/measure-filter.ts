import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { quantile } from "../../../../packages/store/bench/median.ts";
import type { OpenLibrary } from "./open-library.ts";

/** Filters are clicked where a person clicks: from the click to the narrowed library on the screen. */
export async function measureFilter({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("filters");
  const times: number[] = [];
  for (let run = 0; run < size.runs; run += 1) {
    for (const [label, option] of [
      ["Provider", "fal"],
      ["Size", "Wide"],
      ["Style", "Lantern"],
    ] as const) {
      await page.getByRole("button", { name: /^Filter/ }).click();
      await page.getByRole("dialog").getByLabel(label, { exact: true }).first().click();
      times.push(await clickAndWait(page, option));
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Show all" }).click();
      await page.waitForTimeout(300);
    }
  }
  const value = quantile(times, 0.5);
  const worst = quantile(times, 0.95);
  return [
    measurement({ measure: "filter, median", value, unit: "ms", ratio: 100 / value, atLeast: 1 }),
    measurement({
      measure: "filter, 95th percentile",
      value: worst,
      unit: "ms",
      ratio: 100 / worst,
      atLeast: 1,
    }),
  ];
}

async function clickAndWait(page: Page, option: string): Promise<number> {
  await page
    .getByRole("option", { name: new RegExp(`^${option}`) })
    .first()
    .waitFor();
  return page.evaluate((wanted) => {
    const found = [...document.querySelectorAll<HTMLElement>('[role="option"]')].find(
      (element) => element.textContent?.startsWith(wanted) && element.offsetParent !== null,
    );
    const shown = window.pageBench.untilPainted(
      () => document.querySelector('section[aria-label="Library"] output') !== null,
    );
    found?.click();
    return shown;
  }, option);
}
