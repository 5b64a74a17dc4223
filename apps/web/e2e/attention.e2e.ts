import type { PushRequest, PushResponse, SnapshotHead } from "@safelight/shared";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePng } from "./make-picture.ts";
import { openBrowser } from "./open-browser.ts";
import { createRoom, saveStatus } from "./rooms.ts";
import { startStudio, type Studio } from "./start-studio.ts";

let browser: Browser;
let studio: Studio;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  studio = await startStudio();
  const form = new FormData();
  form.append("files", new Blob([new Uint8Array(makePng(64, 48, [180, 60, 40]))]), "red.png");
  await fetch(`${studio.url}/api/uploads`, { method: "POST", body: form });
  // Requests are answered by the test below, which a service worker would hide.
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  page = await context.newPage();
});

afterAll(async () => {
  await context.close();
  await studio.close();
  await browser.close();
});

/** Answers a push as a server that refuses its jobs, and lets a push without jobs through. */
async function refuseJobs(route: Route): Promise<void> {
  const { mutations } = route.request().postDataJSON() as PushRequest;
  if (!mutations.some(({ collection }) => collection === "jobs")) return route.continue();
  const snapshot = await (await fetch(`${studio.url}/api/sync/snapshot`)).text();
  const head = JSON.parse(snapshot.split("\n", 1)[0] ?? "") as SnapshotHead;
  const results = mutations.map(({ n }) => ({
    n,
    status: "rejected" as const,
    code: "record.invalid",
    path: "/params/width",
    message: "The width is larger than this model takes.",
  }));
  await route.fulfill({ json: { cursor: head.cursor, results } satisfies PushResponse });
}

describe("a device that is new to a studio", () => {
  it("says that it looks for what there is, rather than that there is nothing", async () => {
    const fresh = await browser.newContext({ serviceWorkers: "block" });
    const tab = await fresh.newPage();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await fresh.route("**/api/sync/**", async (route) => {
      await held;
      // The page that asked may be another one by now.
      await route.continue().catch(() => undefined);
    });
    for (const room of ["jobs", "create"]) {
      await tab.goto(`${studio.url}/${room}`);
      await tab.getByText("Looking for what the studio has").waitFor();
    }
    letGo();
    await expect.poll(() => createRoom(tab).pictures.count()).toBe(1);
    await fresh.close();
  });
});

describe("a change that the server refuses", () => {
  it("is shown with its reason, lost by nobody, and goes through when tried again", async () => {
    await page.goto(`${studio.url}/create`);
    const room = createRoom(page);
    await page.getByRole("button", { name: "Lock the seed" }).click();
    await room.prompt.fill("a bridge in the fog");
    await page.getByRole("textbox", { name: "Pictures", exact: true }).fill("1");
    await saveStatus(page)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();

    await page.route("**/api/sync/push", refuseJobs);
    await room.generate.click();
    await saveStatus(page).getByText("Needs attention").waitFor();
    await saveStatus(page).click();
    await page.getByText("The width is larger than this model takes.").waitFor();

    await page.unroute("**/api/sync/push", refuseJobs);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => room.pictures.count(), { timeout: 40_000 }).toBe(2);
    await saveStatus(page)
      .getByText(/^Saved \d\d:\d\d$/)
      .waitFor();
  });
});
