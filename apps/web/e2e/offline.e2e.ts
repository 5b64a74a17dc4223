import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makePng } from "./make-picture.ts";
import { openBrowser } from "./open-browser.ts";
import { allLoaded, createRoom, dropFiles, saveStatus } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  studio = await startStudio();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  await page.goto(`${studio.url}/create`);
});

afterEach(async () => {
  await context.close();
  await studio.close();
});

/** Resolves once the service worker has the whole page and serves it. */
async function untilInstalled(): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
  });
}

describe("with the server killed", () => {
  it("opens from the cache with its pictures, takes new work, and runs it when the server is back", async () => {
    const room = createRoom(page);
    await untilInstalled();
    await dropFiles(page, [{ name: "red.png", type: "image/png", bytes: makePng(700, 400, [180, 60, 40]) }]);
    await room.ask("a fox in a library", { count: 1 });
    await expect.poll(() => room.pictures.count(), { timeout: 40_000 }).toBe(2);
    await expect.poll(() => room.pictures.last().getAttribute("src")).toMatch(/^\/api\//);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);
    await saveStatus(page)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();

    await studio.kill();
    await page.reload();
    await expect.poll(() => room.pictures.count()).toBe(2);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);

    await room.ask("a harbour in the rain", { count: 1 });
    await dropFiles(page, [{ name: "blue.png", type: "image/png", bytes: makePng(500, 400, [40, 60, 180]) }]);
    await saveStatus(page)
      .getByText(/^Saved on this device · \d+ waiting$/)
      .waitFor();
    await page.getByText("Waits for the server").waitFor();
    await expect.poll(() => room.pictures.count()).toBe(3);
    await page.reload();
    await expect.poll(() => room.pictures.count()).toBe(3);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);
    await page.getByText("Waits for the server").waitFor();

    await studio.restart();
    await expect.poll(() => room.pictures.count(), { timeout: 50_000 }).toBe(4);
    await expect.poll(() => allLoaded(room.pictures)).toBe(true);
    await saveStatus(page)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();
  }, 120_000);
});

describe("two tabs", () => {
  it("see each other's changes", async () => {
    const other = await context.newPage();
    await other.goto(`${studio.url}/create`);
    await dropFiles(page, [{ name: "red.png", type: "image/png", bytes: makePng(600, 400, [180, 60, 40]) }]);
    const there = createRoom(other);
    await expect.poll(() => there.pictures.count()).toBe(1);
    await other.getByRole("button", { name: "Star red.png" }).click();
    await page.bringToFront();
    const star = page.getByRole("button", { name: "Star red.png" });
    await expect.poll(() => star.getAttribute("aria-pressed")).toBe("true");
  });
});
