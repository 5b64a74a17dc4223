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
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(studio.url);
});

afterAll(async () => {
  await context.close();
  await studio.close();
  await browser.close();
});

const scheme = () => page.locator("html").getAttribute("data-mantine-color-scheme");
const title = () => page.getByRole("heading", { level: 1 }).textContent();

describe("the shell", () => {
  it("opens on Create and goes to every room by two keys", async () => {
    await expect.poll(title).toBe("Create");
    const rooms = [
      ["j", "Jobs"],
      ["t", "Train"],
      ["e", "Editor"],
      ["a", "Gallery"],
      ["d", "Data"],
      ["s", "Settings"],
      ["c", "Create"],
    ] as const;
    for (const [key, name] of rooms) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await expect.poll(title).toBe(name);
    }
  });

  it("follows the system's theme at first, and remembers another one", async () => {
    expect(await scheme()).toBe("light");
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search pictures").fill("theme");
    await page.locator("[data-selected]").getByText("Change to the dark theme").waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(scheme).toBe("dark");
    await page.reload();
    await expect.poll(scheme).toBe("dark");
  });

  it("lists its shortcuts, and closes them again", async () => {
    await page.goto(`${studio.url}/train`);
    await page.getByRole("heading", { name: "Styles" }).waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await help.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => help.count()).toBe(0);
  });

  it("shows a job by its address, and keeps a filter in the address", async () => {
    await page.goto(`${studio.url}/create`);
    await createRoom(page).ask("a quiet sea", { count: 1 });
    await page.goto(`${studio.url}/jobs?status=succeeded`);
    const row = page.getByRole("link", { name: "a quiet sea" });
    await row.waitFor({ timeout: 40_000 });
    await row.click();
    await page.getByRole("heading", { name: "Job 1" }).waitFor();
    expect(page.url()).toMatch(/\/jobs\/job-[^?]+\?status=succeeded$/);
    await page.reload();
    await page.getByRole("heading", { name: "Job 1" }).waitFor();
  });

  it("says so when there is no such page", async () => {
    await page.goto(`${studio.url}/nowhere`);
    await expect.poll(() => page.getByText("There is no such page").count()).toBe(1);
    await page.goto(`${studio.url}/dynamic/gal-1`);
    await expect.poll(() => page.getByText("This session is not on this device").count()).toBe(1);
  });

  it("fits a phone without scrolling sideways, with the rooms at the bottom", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const room of ["create", "jobs", "train", "editor", "gallery", "data", "settings"]) {
      await page.goto(`${studio.url}/${room}`);
      await page.getByRole("navigation", { name: "Rooms" }).waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, room).toBeLessThanOrEqual(390);
    }
    const rail = await page.getByRole("navigation", { name: "Rooms" }).boundingBox();
    expect(rail?.y).toBeGreaterThan(700);
  });

  it("had nothing to complain of", () => {
    expect(complaints).toEqual([]);
  });
});
