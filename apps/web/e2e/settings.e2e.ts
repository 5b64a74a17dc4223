import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { complaintsOf, openBrowser } from "./open-browser.ts";
import { startStudio, type Studio } from "./start-studio.ts";

const KEY = "gemini-key-of-a-test-0123456789";
let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  studio = await startStudio();
  context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await page.goto(`${studio.url}/settings`);
});
afterEach(async () => {
  await context.close();
  await studio.close();
});

describe("Settings", () => {
  it("takes a provider's key by keyboard alone, keeps it on the server, and never shows it again", async () => {
    const row = page.getByRole("button", { name: /^Gemini/ });
    await row.getByText("Needs API key").waitFor();
    await row.focus();
    await page.keyboard.press("Enter");
    const form = page.getByRole("form", { name: "Settings of Gemini" });
    await page.keyboard.press("Tab");
    await page.keyboard.type(KEY);
    await page.keyboard.press("Enter");
    await row.getByText("Set up").waitFor();
    const field = form.getByLabel("API key");
    await expect.poll(() => field.getAttribute("placeholder")).toBe("Kept, ends in 6789. Type to replace it");
    expect(await field.inputValue()).toBe("");
    expect(await readFile(join(studio.dataDir, "secrets.json"), "utf8")).toContain(KEY);

    await page.reload();
    await page
      .getByRole("button", { name: /^Gemini/ })
      .getByText("Set up")
      .waitFor();
    expect(await page.content()).not.toContain(KEY);
    await page.getByRole("button", { name: /^Gemini/ }).click();
    await page.getByRole("button", { name: "Forget it" }).click();
    await page
      .getByRole("button", { name: /^Gemini/ })
      .getByText("Needs API key")
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it("tests a connection and says what came of it", async () => {
    await page.getByRole("button", { name: /^AUTOMATIC1111/ }).click();
    const form = page.getByRole("form", { name: "Settings of AUTOMATIC1111" });
    await form.getByLabel("Address").fill("http://127.0.0.1:9");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("button", { name: "Test connection" }).click();
    await expect.poll(() => form.locator("p[aria-live]").innerText()).toMatch(/\S/);
  });

  it("sets a budget, removes it and takes that back", async () => {
    const form = page.getByRole("form", { name: "New budget" });
    await form.getByLabel("At most").fill("5");
    await form.getByRole("button", { name: "Add budget" }).click();
    const list = page.getByRole("list", { name: "Budgets" });
    await list.getByText("$5.00 a month").waitFor();
    await list.getByText("$0 spent").waitFor();
    await page.getByRole("button", { name: "Remove the budget of $5.00 a month" }).click();
    await page.getByText("No budget is set").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await list.getByText("$5.00 a month").waitFor();
    expect(complaints).toEqual([]);
  });
});
