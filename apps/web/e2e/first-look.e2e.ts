import { describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { createRoom, saveStatus } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const PICTURES = 60;

const stage = usePage({
  path: "/create",
  // The scripts are held up on their way, which nobody can do behind a service worker.
  context: { serviceWorkers: "block" },
  isShared: true,
  fill: async (dataDir) => {
    const store = await openFileStore({ dataDir });
    // Two days old: none of it is a failure of today.
    const nowMs = Date.now() - 2 * 24 * 60 * 60 * 1000;
    await fillWithSamples(store, { jobs: PICTURES, contents: PICTURES, pictures: 4, seed: 3, nowMs });
    await store.close();
  },
});

const look = () => stage.page.locator("[data-first-look]");
const APP = "**/assets/main-*.js";

/** Holds the app's code back while the page is loaded; answers how to let it go. */
async function holdApp(load: () => Promise<unknown>): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await stage.page.route(APP, async (route) => {
    await held;
    await route.continue();
  });
  await load();
  return async () => {
    letGo();
    await look().waitFor({ state: "detached" });
    await stage.page.unroute(APP);
  };
}

const reload = () => stage.page.reload({ waitUntil: "commit" });

describe("a page that is opened again", () => {
  it("stands as it was before the app has run, and cannot be used until then", async () => {
    const { page } = stage;
    await page.getByRole("link", { name: `All ${PICTURES}`, exact: true }).waitFor();
    await createRoom(page).prompt.fill("a lighthouse that is still being written");
    await saveStatus(page)
      .getByText(/^Saved \d/)
      .waitFor();

    const go = await holdApp(reload);
    await look().waitFor();
    expect(await look().locator("[role=gridcell] img").count()).toBeGreaterThan(2);
    await look().getByText(`All ${PICTURES}`).waitFor();
    const prompt = look().locator("textarea").first();
    expect(await prompt.inputValue()).toBe("a lighthouse that is still being written");
    expect(await prompt.isEditable()).toBe(false);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    // Nobody knows yet whether everything is saved.
    expect(await saveStatus(page).count()).toBe(0);

    await go();
    await createRoom(page).prompt.fill("a fox");
    await page.getByRole("gridcell").first().getByRole("link").click();
    await page.waitForURL(/picture=/);
    await page.keyboard.press("Escape");
    expect(
      stage.complaints.filter((words) => !words.startsWith("Service Worker registration blocked")),
    ).toEqual([]);
  });

  it("keeps what is typed before the app has run: a search, but no command", async () => {
    const { page } = stage;
    await page.goto(`${stage.studio.url}/create`);
    await page.getByRole("gridcell").first().waitFor();
    const go = await holdApp(reload);
    await look().waitFor();
    await page.keyboard.type("/fox", { delay: 20 });
    await page.keyboard.press("Control+Enter");
    await go();
    const search = page.getByLabel("Search the library", { exact: true });
    await expect.poll(() => search.inputValue()).toBe("fox");
    await page.keyboard.type("es");
    await expect.poll(() => search.inputValue()).toBe("foxes");
    await expect.poll(() => page.url()).toContain("q=foxes");
    expect(await page.locator("[data-pending]").count()).toBe(0);
    await page.goto(`${stage.studio.url}/create`);
  });

  it("shows nothing of another address, of a place further down, or of a selection", async () => {
    const { page } = stage;
    const first = page.getByRole("gridcell").first();
    await first.waitFor();
    const goElsewhere = await holdApp(() =>
      page.goto(`${stage.studio.url}/create?show=uploads`, { waitUntil: "commit" }),
    );
    await page.waitForLoadState("domcontentloaded");
    expect(await look().count()).toBe(0);
    await goElsewhere();

    await page.goto(`${stage.studio.url}/create`);
    await first.waitFor();
    await page.locator("[role=grid]").evaluate((grid) => grid.parentElement?.scrollTo(0, 300));
    const goScrolled = await holdApp(reload);
    await page.waitForLoadState("domcontentloaded");
    expect(await look().count()).toBe(0);
    await goScrolled();

    await first.hover();
    await first.getByRole("button", { name: /^Select/ }).click();
    const goSelected = await holdApp(reload);
    await page.waitForLoadState("domcontentloaded");
    expect(await look().count()).toBe(0);
    await goSelected();
    await first.waitFor();
  });

  it("does not go on standing when the app does not come", async () => {
    const { page } = stage;
    await page.goto(`${stage.studio.url}/create`);
    await page.getByRole("gridcell").first().waitFor();
    await page.route(APP, (route) => route.abort());
    await reload();
    await page.getByRole("alert").getByText("could not be started").waitFor();
    expect(await look().count()).toBe(0);
    await page.unroute(APP);
    await page.getByRole("button", { name: "Load it again" }).click();
    await page.getByRole("gridcell").first().waitFor();
  });

  it("stands so in the Jobs room too", async () => {
    const { page } = stage;
    await page.goto(`${stage.studio.url}/jobs`);
    await page.locator("tr[data-index]").nth(6).waitFor();
    const go = await holdApp(reload);
    await look().waitFor();
    expect(await look().locator("tr[data-index]").count()).toBeGreaterThan(6);
    await go();
    await page.locator("tr[data-index]").first().click();
    await page.waitForURL(/\/jobs\/job-/);
  });
});
