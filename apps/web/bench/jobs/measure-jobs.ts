import type { Page } from "playwright-core";
import { type Measurement, measurement } from "../../../../packages/store/bench/measurement.ts";
import { median, quantile } from "../../../../packages/store/bench/median.ts";
import { reloadUntilUsable } from "../library/measure-first-page.ts";
import { measureMemory } from "../library/measure-memory.ts";
import type { OpenLibrary } from "../library/open-library.ts";

const TYPED = ["lighthouse dusk", "灯台", "memory", "fox"];
const BETWEEN_KEYS_MS = 120;
const DRAGGING = 2400;
const JUMPS = 12;
const WHOLE_WITHIN_MS = 120_000;
const FILTERS = [
  ["Status", "Failed"],
  ["Provider", "fal"],
  ["Kind", "Sprite"],
  ["Model", "paint"],
] as const;
const ORDERS = ["Prompt", "Provider", "Cost", "Took"] as const;

/** The table of jobs: its first page, words, filters, orders, scrolling and memory. */
export async function measureJobs(library: OpenLibrary): Promise<Measurement[]> {
  const { page, studio, size, progress } = library;
  await page.goto(`${studio.url}/jobs`);
  await untilCounted(page, size.records);
  const lines = [
    ...(await measureFirst(library)),
    ...(await measureWords(library)),
    ...(await measureFilters(library)),
    ...(await measureOrders(library)),
  ];
  progress("jobs, scrolling");
  const { longestBlankMs, mostElements } = await page.evaluate(
    (options) => window.pageBench.scroll(options),
    {
      perFrame: DRAGGING,
      frames: size.scrollFrames,
    },
  );
  const jumps = await page.evaluate((count) => window.pageBench.jump(count), JUMPS);
  lines.push(
    under("jobs, longest time with a row missing, dragging", longestBlankMs, 100),
    under("jobs, jump to anywhere, 95th percentile", quantile(jumps, 0.95), 100),
    under("jobs, most elements in the page", mostElements, 1500, ""),
  );
  const memory = await measureMemory(library);
  return [...lines, ...memory.map((line) => ({ ...line, measure: `jobs, ${line.measure}` }))];
}

async function measureFirst({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  const reloads: number[] = [];
  const usables: number[] = [];
  const entries: number[] = [];
  for (let run = 0; run < size.runs; run += 1) {
    progress(`jobs, first page, run ${run + 1}`);
    const { firstPageMs, usableMs } = await reloadUntilUsable(page);
    reloads.push(firstPageMs);
    usables.push(usableMs);
    await untilCounted(page, size.records);
    await page.locator('nav a[href="/settings"]').click();
    await page.waitForFunction(() => document.querySelector('[role="grid"]') === null);
    entries.push(
      await page.evaluate(() => {
        const link = [...document.querySelectorAll<HTMLAnchorElement>("nav a")].find(
          ({ pathname }) => pathname === "/jobs",
        );
        const shown = window.pageBench.untilPainted(
          () => document.querySelectorAll("tr[data-index]").length >= 6,
        );
        link?.click();
        return shown;
      }),
    );
    await untilCounted(page, size.records);
  }
  return [
    under("jobs, first page from cache, coming from another room", median(entries), 100),
    under("jobs, first page from cache, reload, since the script is there", median(reloads), 100),
    under("jobs, the same, until it can be used", median(usables), 300),
  ];
}

/** Letter by letter: from the key to what it found on the screen. */
async function measureWords({ page, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("jobs, search");
  const field = page.getByLabel("Search the jobs");
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
  return [
    under("jobs, search as you type, median", quantile(times, 0.5), 50),
    under("jobs, search as you type, 95th percentile", quantile(times, 0.95), 50),
  ];
}

async function measureFilters({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("jobs, filters");
  const times: number[] = [];
  for (let run = 0; run < size.runs; run += 1) {
    for (const [label, option] of FILTERS) {
      await page.getByRole("button", { name: new RegExp(`^${label} `) }).click();
      const item = page.getByRole("menuitem", { name: new RegExp(`^${option}`, "i") }).first();
      await item.waitFor();
      times.push(
        await item.evaluate((element: HTMLElement) => {
          const shown = window.pageBench.untilPainted(
            () => document.querySelector('section[aria-label="All jobs"] output') !== null,
          );
          element.click();
          return shown;
        }),
      );
      await page.getByRole("button", { name: "Show all" }).click();
      await page.waitForTimeout(300);
    }
  }
  return [
    under("jobs, filter, median", quantile(times, 0.5), 100),
    under("jobs, filter, 95th percentile", quantile(times, 0.95), 100),
  ];
}

/** Ordering everything by a column; the goal is that of a filter, twice over. */
async function measureOrders({ page, size, progress }: OpenLibrary): Promise<Measurement[]> {
  progress("jobs, orders");
  const times: number[] = [];
  for (const title of ORDERS) {
    const head = page.getByRole("columnheader", { name: title, exact: true });
    times.push(
      await head.evaluate((element) => {
        const shown = window.pageBench.untilPainted(() => element.getAttribute("aria-sort") !== "none");
        element.querySelector("button")?.click();
        return shown;
      }),
    );
    await page.waitForTimeout(200);
  }
  await page.goto(page.url().split("?")[0] ?? "");
  await untilCounted(page, size.records);
  return [under("jobs, order by a column, slowest", Math.max(...times), 250)];
}

function under(measure: string, value: number, limit: number, unit = "ms"): Measurement {
  return measurement({ measure, value, unit, ratio: limit / Math.max(value, 1), atLeast: 1 });
}

async function untilCounted(page: Page, records: number): Promise<void> {
  await page.waitForFunction(
    (expected) => {
      const figure = [...document.querySelectorAll("dt")].find((name) => name.textContent === "Jobs");
      return Number(figure?.nextElementSibling?.textContent?.replaceAll(",", "")) >= expected;
    },
    records,
    { timeout: WHOLE_WITHIN_MS, polling: 250 },
  );
  // The figures above the table may be drawn before it.
  await page.locator('[role="grid"] tr[data-index]').first().waitFor();
  await page.waitForTimeout(records > 10_000 ? 3000 : 300);
}
