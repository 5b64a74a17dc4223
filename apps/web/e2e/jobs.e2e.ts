import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complaintsOf, openBrowser } from "./open-browser.ts";
import { createRoom } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  studio = await startStudio();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
});

afterAll(async () => {
  await context.close();
  await studio.close();
  await browser.close();
});

describe("Jobs", () => {
  it("cancels a job that is under way", async () => {
    await page.goto(`${studio.url}/create`);
    await createRoom(page).ask("a very long sea", { count: 8 });
    await page.getByRole("link", { name: "Show the job: a very long sea" }).first().click();
    const detail = page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect
      .poll(() => detail.getByText("Canceled", { exact: true }).count(), { timeout: 20_000 })
      .toBeGreaterThan(0);
  });

  it("moves a job to the trash and takes that back", async () => {
    const detail = page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => page.getByRole("link", { name: "a very long sea" }).count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => page.getByRole("link", { name: "a very long sea" }).count()).toBe(1);
  });

  it("gives the console objects of the older dashboard", async () => {
    const answers = await page.evaluate(async () => {
      const cleared = window.app.clearHistory();
      const saved = await window.state.saveToStorage();
      const left = window.app.getState().jobs.length;
      const back = window.app.undoClear();
      await window.state.loadFromServer();
      return { cleared, left, back, saved: saved.state, total: window.app.getMetrics().totalJobs };
    });
    expect(answers).toEqual({ cleared: 1, left: 0, back: 1, saved: "saved", total: 1 });
    expect(complaints).toEqual([]);
  });
});
