import { readFile } from "node:fs/promises";
import JSZip from "jszip";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { complaintsOf, openBrowser } from "./open-browser.ts";
import { allLoaded, createRoom, saveStatus } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PICTURES = 40;

let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  studio = await startStudio({ fill: fillLibrary });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(`${studio.url}/create`);
  await total(PICTURES);
});

afterEach(async () => {
  await context.close();
  await studio.close();
});

async function fillLibrary(dataDir: string): Promise<void> {
  const store = await openFileStore({ dataDir });
  // Two days old: none of it is a failure of today.
  const nowMs = Date.now() - 2 * DAY_MS;
  await fillWithSamples(store, { jobs: PICTURES, contents: PICTURES, pictures: 8, seed: 5, nowMs });
  await store.close();
}

/** Waits until the library says that it has so many. */
async function total(count: number): Promise<void> {
  await page.getByRole("link", { name: `All ${count}`, exact: true }).waitFor();
}

/** Presses the tab key until what has the focus is called so. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    const found = await page.evaluate((wanted) => {
      const { activeElement } = document;
      const label = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
      const words = label ? activeElement.labels?.[0]?.textContent : undefined;
      return [activeElement?.getAttribute("aria-label"), words, activeElement?.textContent].includes(wanted);
    }, name);
    if (found) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The tab key does not lead to "${name}".`);
}

async function press(key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key);
}

describe("the library", () => {
  // The whole way through the room in one go: on a busy machine each key waits for its frame.
  it(
    "needs nothing but the keyboard to generate, select ten, tag, compare, delete and undo",
    { timeout: 120_000 },
    async () => {
      const room = createRoom(page);
      await tabTo("Prompt");
      await page.keyboard.type("a lighthouse over a quiet sea");
      await tabTo("Pictures");
      await press("Control+a");
      await page.keyboard.type("1");
      await press("Control+Enter");
      await total(PICTURES + 1);

      await tabTo("Search the library");
      await press("ArrowDown");
      const bar = page.getByRole("toolbar", { name: "Selected pictures" });
      const focused = page.locator("[role=gridcell]:focus, [role=gridcell] :focus").first();
      await focused.waitFor();
      await press("Home");
      await page.locator("[role=gridcell]").first().locator(":scope:focus, :focus").first().waitFor();
      // Each key after what the one before did is seen, as a person presses them.
      for (let count = 2; count <= 10; count += 1) {
        await press("Shift+ArrowRight");
        await bar.getByText(`${count} selected`).waitFor();
      }
      await press("t");
      await page.getByLabel("Add a tag").waitFor();
      await page.keyboard.type("harbour");
      await press("Enter");
      await page.getByText("“harbour” added to 10 pictures").waitFor();
      await press("/");
      await page.keyboard.type("harbour");
      await press("ArrowDown");
      await press("Escape");
      await bar.waitFor({ state: "detached" });

      await press("Space");
      await press("Shift+ArrowRight");
      await press("c");
      const compare = page.getByRole("dialog", { name: "Compare pictures" });
      await compare.locator("figure").nth(1).waitFor();
      expect(await compare.locator("figure").count()).toBe(2);
      expect(await compare.locator("tr[data-differs]").count()).toBeGreaterThan(0);
      await press("Escape");
      await compare.waitFor({ state: "detached" });
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('[role="gridcell"]') !== null))
        .toBe(true);

      await press("Delete");
      await total(PICTURES - 1);
      await press("Control+z");
      await total(PICTURES + 1);
      await saveStatus(page)
        .getByText(/^Saved \d\d:\d\d$/)
        .waitFor();
      await page.reload();
      await total(PICTURES + 1);
      await expect.poll(() => allLoaded(room.pictures)).toBe(true);
      expect(complaints).toEqual([]);
    },
  );

  it("finds words of every script as they are typed, keeps them in the address, and narrows further", async () => {
    const found = page.locator("section[aria-label=Library] output");
    const counted = async () => Number((await found.textContent())?.replaceAll(/\D/g, ""));
    await page.getByLabel("Search the library").pressSequentially("fox");
    await expect.poll(() => page.url()).toContain("q=fox");
    const foxes = await counted();
    expect(foxes).toBeGreaterThan(0);
    expect(foxes).toBeLessThan(PICTURES);
    await page.reload();
    await expect.poll(() => page.getByLabel("Search the library").inputValue()).toBe("fox");
    await expect.poll(counted).toBe(foxes);
    await page.getByRole("link", { name: "Show all" }).click();
    await found.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Filter/ }).click();
    await page.getByRole("dialog").getByLabel("Provider", { exact: true }).first().click();
    await page.getByRole("option", { name: /^local/ }).click();
    await expect.poll(() => page.url()).toContain("provider=local");
    expect(await counted()).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Take off the filter local" }).click();
    await found.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it("puts dragged pictures on a board, renames it, and takes back its deletion", async () => {
    await page.getByRole("button", { name: "New board" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Lamps");
    await page.keyboard.press("Enter");
    const tab = page.getByRole("link", { name: "Lamps", exact: true });
    await tab.waitFor();
    await page.getByText("No picture is in this selection.").waitFor();
    await page.getByRole("link", { name: `All ${PICTURES}` }).click();
    const tiles = page.getByRole("gridcell");
    await tiles.nth(0).dragTo(tab);
    await page.getByText("1 picture put on Lamps").waitFor();
    await tab.click();
    await expect.poll(() => tiles.count()).toBe(1);

    await page.getByRole("button", { name: "Board Lamps: more" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Lanterns");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Lanterns", exact: true }).waitFor();
    await page.getByRole("button", { name: "Board Lanterns: more" }).click();
    await page.getByRole("menuitem", { name: "Delete the board" }).click();
    await page.getByRole("link", { name: "Lanterns", exact: true }).waitFor({ state: "detached" });
    await page
      .getByRole("alert")
      .filter({ hasText: "Board Lanterns moved to the trash" })
      .getByRole("button", { name: "Undo" })
      .click();
    await page.getByRole("link", { name: "Lanterns", exact: true }).click();
    await expect.poll(() => tiles.count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("zips the originals that were seen with no server there, and says what is missing", async () => {
    const tiles = page.getByRole("gridcell");
    const open = page.getByRole("dialog");
    // The first visit's worker keeps what is shown from when it has the page.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tiles.nth(0).getByRole("link").click();
    await expect.poll(() => allLoaded(open.locator("img"))).toBe(true);
    await expect
      .poll(() => page.evaluate(async () => (await (await caches.open("originals")).keys()).length))
      .toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await studio.kill();
    await tiles.nth(0).getByRole("link").focus();
    await page.keyboard.press("Control+a");
    const started = page.waitForEvent("download");
    await page.keyboard.press("d");
    const download = await started;
    const archive = await JSZip.loadAsync(await readFile(await download.path()));
    const known: unknown = JSON.parse((await archive.file("pictures.json")?.async("string")) ?? "[]");
    const names = Object.keys(archive.files).filter((name) => name.endsWith(".png"));
    expect(names.length).toBeGreaterThan(0);
    expect(known).toHaveLength(names.length);
    expect((await archive.file(names[0] ?? "")?.async("uint8array"))?.slice(1, 4)).toEqual(
      new Uint8Array([0x50, 0x4e, 0x47]),
    );
    await page.getByText(/original(?:s)? could not be had/).waitFor();
  });
});
