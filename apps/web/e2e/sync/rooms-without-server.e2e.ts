import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePng } from "../make-picture.ts";
import { complaintsOf, openBrowser } from "../open-browser.ts";
import { createRoom, dropFiles, saveStatus } from "../rooms.ts";
import { startStudio, type Studio } from "../start-studio.ts";

const ROOMS = [
  ["create", "Create"],
  ["jobs", "Jobs"],
  ["train", "Train"],
  ["editor", "Editor"],
  ["gallery", "Gallery"],
  ["data", "Data"],
  ["settings", "Settings"],
] as const;

let browser: Browser;
let studio: Studio;

beforeAll(async () => {
  browser = await openBrowser();
  studio = await startStudio();
});

afterAll(async () => {
  await browser.close();
  await studio.close();
});

describe("with the server down for the whole session", () => {
  it("every room opens from the cache, and a write waits", async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const first = await context.newPage();
    await first.goto(`${studio.url}/create`);
    await first.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller !== null) return;
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    });
    await dropFiles(first, [{ name: "red.png", type: "image/png", bytes: makePng(300, 200, [180, 60, 40]) }]);
    await saveStatus(first)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();
    await first.close();
    await studio.kill();

    const page = await context.newPage();
    const failures = complaintsOf(page);
    for (const [path, title] of ROOMS) {
      await page.goto(`${studio.url}/${path}`);
      await expect
        .poll(() => page.getByRole("heading", { level: 1 }).textContent(), { message: path })
        .toBe(title);
    }
    await page.goto(`${studio.url}/create`);
    const room = createRoom(page);
    await expect.poll(() => room.pictures.count()).toBe(1);
    await page.getByRole("button", { name: "Star red.png" }).click();
    await saveStatus(page)
      .getByText(/^Saved on this device · 1 waiting$/)
      .waitFor();
    await page.reload();
    const star = page.getByRole("button", { name: "Star red.png" });
    await expect.poll(() => star.getAttribute("aria-pressed")).toBe("true");
    // Requests that fail are said by the browser itself; nothing else went wrong.
    expect(failures.filter((text) => !text.includes("Failed to load resource"))).toEqual([]);
    await context.close();
  });
});
