import { readFile } from "node:fs/promises";
import JSZip from "jszip";
import { beforeEach, describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { allLoaded, createRoom, saveStatus } from "./rooms.ts";
import { usePage } from "./use-page.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PICTURES = 40;

const stage = usePage({ path: "/create", fill: fillLibrary });
beforeEach(() => total(PICTURES));

async function fillLibrary(dataDir: string): Promise<void> {
  const store = await openFileStore({ dataDir });
  // Two days old: none of it is a failure of today.
  const nowMs = Date.now() - 2 * DAY_MS;
  await fillWithSamples(store, { jobs: PICTURES, contents: PICTURES, pictures: 8, seed: 5, nowMs });
  await store.close();
}

/** Waits until the library says that it has so many. */
async function total(count: number): Promise<void> {
  await stage.page.getByRole("link", { name: `All ${count}`, exact: true }).waitFor();
}

/** Presses the tab key until what has the focus is called so. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    const found = await stage.page.evaluate((wanted) => {
      const { activeElement } = document;
      const label = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
      const words = label ? activeElement.labels?.[0]?.textContent : undefined;
      return [activeElement?.getAttribute("aria-label"), words, activeElement?.textContent].includes(wanted);
    }, name);
    if (found) return;
    await stage.page.keyboard.press("Tab");
  }
  throw new Error(`The tab key does not lead to "${name}".`);
}

async function press(key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await stage.page.keyboard.press(key);
}

/** Whether the focus is on a picture. */
const isOnPicture = () =>
  stage.page.evaluate(() => (document.activeElement?.closest('[role="gridcell"]') ?? null) !== null);

describe("the library", () => {
  // The whole way through the room in one go: on a busy machine each key waits for its frame.
  it(
    "needs nothing but the keyboard to generate, select ten, tag, compare, delete and undo",
    { timeout: 120_000 },
    async () => {
      const room = createRoom(stage.page);
      await tabTo("Prompt");
      await stage.page.keyboard.type("a lighthouse over a quiet sea");
      await tabTo("Pictures");
      await press("Control+a");
      await stage.page.keyboard.type("1");
      await press("Control+Enter");
      await total(PICTURES + 1);

      await tabTo("Search the library");
      await press("ArrowDown");
      const bar = stage.page.getByRole("toolbar", { name: "Selected pictures" });
      const focused = stage.page.locator("[role=gridcell]:focus, [role=gridcell] :focus").first();
      await focused.waitFor();
      await press("Home");
      await stage.page.locator("[role=gridcell]").first().locator(":scope:focus, :focus").first().waitFor();
      // Each key after what the one before did is seen, as a person presses them.
      for (let count = 2; count <= 10; count += 1) {
        await press("Shift+ArrowRight");
        await bar.getByText(`${count} selected`).waitFor();
      }
      await press("t");
      await stage.page.getByLabel("Add a tag").waitFor();
      await stage.page.keyboard.type("harbour");
      await press("Enter");
      await stage.page.getByText("“harbour” added to 10 pictures").waitFor();
      await expect.poll(isOnPicture).toBe(true);
      // Ten are too many to stand side by side, and that is said.
      await press("c");
      await stage.page.getByText("Select 2 to 4 pictures to compare them").waitFor();
      await press("/");
      await stage.page.keyboard.type("harbour");
      await stage.page.locator("section[aria-label=Library] output", { hasText: /^\d+ pictures$/ }).waitFor();
      await press("ArrowDown");
      await expect.poll(isOnPicture).toBe(true);
      await press("Escape");
      await bar.waitFor({ state: "detached" });

      await press("Space");
      await bar.getByText("1 selected").waitFor();
      await press("Shift+ArrowRight");
      await bar.getByText("2 selected").waitFor();
      await press("c");
      const compare = stage.page.getByRole("dialog", { name: "Compare pictures" });
      await compare.locator("figure").nth(1).waitFor();
      expect(await compare.locator("figure").count()).toBe(2);
      expect(await compare.locator("tr[data-differs]").count()).toBeGreaterThan(0);
      await press("Escape");
      await compare.waitFor({ state: "detached" });
      await expect.poll(isOnPicture).toBe(true);

      await press("Delete");
      await total(PICTURES - 1);
      await press("Control+z");
      await total(PICTURES + 1);
      await saveStatus(stage.page)
        .getByText(/^Saved \d\d:\d\d$/)
        .waitFor();
      await stage.page.reload();
      await total(PICTURES + 1);
      await expect.poll(() => allLoaded(room.pictures)).toBe(true);
      expect(stage.complaints).toEqual([]);
    },
  );

  it("finds words of every script as they are typed, keeps them in the address, and narrows further", async () => {
    const found = stage.page.locator("section[aria-label=Library] output");
    const counted = async () => Number((await found.textContent())?.replaceAll(/\D/g, ""));
    await stage.page.getByLabel("Search the library").pressSequentially("fox");
    await expect.poll(() => stage.page.url()).toContain("q=fox");
    const foxes = await counted();
    expect(foxes).toBeGreaterThan(0);
    expect(foxes).toBeLessThan(PICTURES);
    await stage.page.reload();
    await expect.poll(() => stage.page.getByLabel("Search the library").inputValue()).toBe("fox");
    await expect.poll(counted).toBe(foxes);
    await stage.page.getByRole("link", { name: "Show all" }).click();
    await found.waitFor({ state: "detached" });
    await stage.page.getByRole("button", { name: /^Filter/ }).click();
    await stage.page.getByRole("dialog").getByLabel("Provider", { exact: true }).first().click();
    await stage.page.getByRole("option", { name: /^Built-in engine/ }).click();
    await expect.poll(() => stage.page.url()).toContain("provider=local");
    expect(await counted()).toBeGreaterThan(0);
    await stage.page.keyboard.press("Escape");
    await stage.page.getByRole("link", { name: "Take off the filter Built-in engine" }).click();
    await found.waitFor({ state: "detached" });
    expect(stage.complaints).toEqual([]);
  });

  it("puts dragged pictures on a board, renames it, and takes back its deletion", async () => {
    await stage.page.getByRole("button", { name: "New board" }).click();
    await stage.page.getByRole("dialog").getByLabel("Name").fill("Lamps");
    await stage.page.keyboard.press("Enter");
    const tab = stage.page.getByRole("link", { name: "Lamps", exact: true });
    await tab.waitFor();
    await stage.page.getByText("No picture is in this selection.").waitFor();
    await stage.page.getByRole("link", { name: `All ${PICTURES}` }).click();
    const tiles = stage.page.getByRole("gridcell");
    await tiles.nth(0).dragTo(tab);
    await stage.page.getByText("1 picture put on Lamps").waitFor();
    await tab.click();
    await expect.poll(() => tiles.count()).toBe(1);

    await stage.page.getByRole("button", { name: "Board Lamps: more" }).click();
    await stage.page.getByRole("menuitem", { name: "Rename" }).click();
    await stage.page.getByRole("dialog").getByLabel("Name").fill("Lanterns");
    await stage.page.keyboard.press("Enter");
    await stage.page.getByRole("link", { name: "Lanterns", exact: true }).waitFor();
    await stage.page.getByRole("button", { name: "Board Lanterns: more" }).click();
    await stage.page.getByRole("menuitem", { name: "Delete the board" }).click();
    await stage.page.getByRole("link", { name: "Lanterns", exact: true }).waitFor({ state: "detached" });
    await stage.page
      .getByRole("alert")
      .filter({ hasText: "Board Lanterns moved to the trash" })
      .getByRole("button", { name: "Undo" })
      .click();
    await stage.page.getByRole("link", { name: "Lanterns", exact: true }).click();
    await expect.poll(() => tiles.count()).toBe(1);
    expect(stage.complaints).toEqual([]);
  });

  it("zips the originals that were seen with no server there, and says what is missing", async () => {
    const tiles = stage.page.getByRole("gridcell");
    const open = stage.page.getByRole("dialog");
    // The first visit's worker keeps what is shown from when it has the page.
    await stage.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tiles.nth(0).getByRole("link").click();
    await expect.poll(() => allLoaded(open.locator("img"))).toBe(true);
    await expect
      .poll(() => stage.page.evaluate(async () => (await (await caches.open("originals")).keys()).length))
      .toBeGreaterThan(0);
    await stage.page.keyboard.press("Escape");
    await stage.studio.kill();
    await tiles.nth(0).getByRole("link").focus();
    await stage.page.keyboard.press("Control+a");
    const started = stage.page.waitForEvent("download");
    await stage.page.keyboard.press("d");
    const download = await started;
    const archive = await JSZip.loadAsync(await readFile(await download.path()));
    const known: unknown = JSON.parse((await archive.file("pictures.json")?.async("string")) ?? "[]");
    const names = Object.keys(archive.files).filter((name) => name.endsWith(".png"));
    expect(names.length).toBeGreaterThan(0);
    expect(known).toHaveLength(names.length);
    expect((await archive.file(names[0] ?? "")?.async("uint8array"))?.slice(1, 4)).toEqual(
      new Uint8Array([0x50, 0x4e, 0x47]),
    );
    await stage.page.getByText(/original(?:s)? could not be had/).waitFor();
  });
});
