import { readFile } from "node:fs/promises";
import { readPictureSettings } from "@safelight/shared/picture-metadata";
import JSZip from "jszip";
import { beforeEach, describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { usePage } from "./use-page.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PICTURES = 60;

const stage = usePage({ path: "/create", fill: fillLibrary });
beforeEach(() => stage.page.getByRole("link", { name: `All ${PICTURES}`, exact: true }).waitFor());

async function fillLibrary(dataDir: string): Promise<void> {
  const store = await openFileStore({ dataDir });
  const nowMs = Date.now() - 2 * DAY_MS;
  await fillWithSamples(store, { jobs: PICTURES, contents: PICTURES, pictures: 8, seed: 5, nowMs });
  await store.close();
}

const tiles = () => stage.page.locator("[role=gridcell]");
const selected = () => stage.page.locator("[role=gridcell][data-selected]");
const bar = () => stage.page.getByRole("toolbar", { name: "Selected pictures" });
const menu = () => stage.page.getByRole("menu");

async function boxOf(index: number) {
  const box = await tiles().nth(index).boundingBox();
  if (box === null) throw new Error(`Tile ${index} is not drawn.`);
  return box;
}

/** The last picture that stands in the window as a whole. */
async function lastInSight() {
  const boxes = await Promise.all((await tiles().all()).map((tile) => tile.boundingBox()));
  const last = boxes.findLast((box) => box !== null && box.y + box.height < 800);
  if (last === null || last === undefined) throw new Error("No picture is in sight.");
  return last;
}

/** Whether the focus is on a picture of the library. */
const isOnPicture = () =>
  stage.page.evaluate(() => document.activeElement?.closest('[role="gridcell"]') !== null);

describe("a rectangle drawn in the library", () => {
  it("selects what it touches, beside what was selected when a modifier is held, and gives up at Escape", async () => {
    const { mouse, keyboard } = stage.page;
    const first = await boxOf(0);
    const left = first.x - 6;
    // From the line of the day's heading down into the first picture.
    await mouse.move(left, first.y - 10);
    await mouse.down();
    await mouse.move(first.x + 20, first.y + 20, { steps: 4 });
    await bar().getByText("1 selected").waitFor();
    await mouse.up();
    await expect.poll(isOnPicture).toBe(true);

    // A click where nothing is changes nothing.
    await mouse.click(left, first.y - 10);
    await bar().getByText("1 selected").waitFor();

    await keyboard.down("Control");
    const last = await lastInSight();
    await mouse.move(last.x + 10, last.y - 4);
    await mouse.down();
    await mouse.move(last.x + 30, last.y + 20, { steps: 4 });
    await expect.poll(() => selected().count()).toBeGreaterThan(1);
    const held = await selected().count();
    await keyboard.press("Escape");
    await expect.poll(() => selected().count()).toBe(1);
    await mouse.up();
    await keyboard.up("Control");
    expect(held).toBeGreaterThan(1);

    await mouse.move(left, first.y - 10);
    await mouse.down();
    await mouse.move(last.x + 30, last.y + 20, { steps: 6 });
    await expect.poll(() => selected().count()).toBeGreaterThan(1);
    await mouse.up();
    const kept = await selected().count();
    // The keys go on from where it ended.
    await keyboard.press("t");
    await stage.page.getByLabel("Add a tag").fill("drawn");
    await keyboard.press("Enter");
    await stage.page.getByText(`“drawn” added to ${kept} pictures`).waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("scrolls at the edge, and never begins on a picture", async () => {
    const { mouse } = stage.page;
    const first = await boxOf(0);
    await mouse.move(first.x - 6, first.y - 10);
    await mouse.down();
    await mouse.move(first.x + 300, 895, { steps: 6 });
    const scroller = stage.page.locator("section[aria-label=Library] [role=grid]").locator("..");
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(400);
    await mouse.up();
    const words = (await bar().locator("output").textContent()) ?? "";
    expect(Number.parseInt(words, 10)).toBeGreaterThan(5);
    await stage.page.keyboard.press("Escape");
    await bar().waitFor({ state: "detached" });
    // A finger scrolls.
    const touch = {
      pointerType: "touch",
      pointerId: 7,
      button: 0,
      clientX: first.x - 6,
      clientY: first.y - 10,
    };
    await scroller.dispatchEvent("pointerdown", touch);
    const moved = { ...touch, clientX: first.x + 300, clientY: 600 };
    await stage.page.evaluate((init) => {
      window.dispatchEvent(new PointerEvent("pointermove", init));
      window.dispatchEvent(new PointerEvent("pointerup", init));
    }, moved);
    expect(await bar().count()).toBe(0);

    const tile = await tiles().nth(3).boundingBox();
    if (tile === null) throw new Error("The tile is not drawn.");
    await mouse.move(tile.x + 30, tile.y + 30);
    await mouse.down();
    await mouse.move(tile.x + 400, tile.y + 200, { steps: 6 });
    expect(await bar().count()).toBe(0);
    await mouse.up();
    expect(await bar().count()).toBe(0);
  });
});

describe("the context menu of a picture", () => {
  it("opens by keyboard, is walked with arrows, and gives the focus back", async () => {
    const { keyboard } = stage.page;
    await tiles().nth(0).getByRole("link").focus();
    const before = await stage.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    for (const key of ["Shift+F10", "ContextMenu"]) {
      await keyboard.press(key);
      await menu().waitFor();
      expect(await menu().count()).toBe(1);
      await keyboard.press("Escape");
      await menu().waitFor({ state: "detached" });
      await expect
        .poll(() => stage.page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
        .toBe(before);
    }
    await keyboard.press("Shift+F10");
    await menu().waitFor();
    // It takes the keys when it has the focus, which is a moment after it is seen.
    const isInMenu = () => menu().evaluate((element) => element.contains(document.activeElement));
    await expect.poll(isInMenu).toBe(true);
    await keyboard.press("ArrowDown");
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.textContent)).toBe("Open");
    await keyboard.press("End");
    await expect
      .poll(() => stage.page.evaluate(() => document.activeElement?.textContent))
      .toContain("Delete");
    await keyboard.press("Enter");
    await stage.page.getByText("1 picture moved to the trash").waitFor();
    await expect.poll(isOnPicture).toBe(true);
    await keyboard.press("Control+z");
    await stage.page.getByRole("link", { name: `All ${PICTURES}`, exact: true }).waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("leads to the tags and back to the picture", async () => {
    const { keyboard } = stage.page;
    await tiles().nth(1).click({ button: "right" });
    await menu().getByRole("menuitem", { name: "Tag…" }).click();
    await stage.page.getByLabel("Add a tag").fill("walked");
    await keyboard.press("Enter");
    await stage.page.getByText("“walked” added to 1 picture").waitFor();
    await expect.poll(isOnPicture).toBe(true);
    // The keys are the pictures' again.
    await keyboard.press("Escape");
    await bar().waitFor({ state: "detached" });
    expect(stage.complaints).toEqual([]);
  });

  it("is about everything selected, and saves many pictures with their settings", async () => {
    const { keyboard } = stage.page;
    await tiles().nth(0).getByRole("link").focus();
    await keyboard.press("Shift+ArrowRight");
    await keyboard.press("Shift+ArrowRight");
    await bar().getByText("3 selected").waitFor();
    // Another picture is asked for itself.
    await tiles().nth(4).click({ button: "right" });
    await menu().getByText("Open").waitFor();
    await keyboard.press("Escape");
    await tiles().nth(1).click({ button: "right" });
    await menu().getByText("3 pictures").waitFor();
    await menu().getByRole("menuitem", { name: "Star" }).click();
    await stage.page.getByText(/^\d pictures? starred$/).waitFor();

    await tiles().nth(1).click({ button: "right" });
    const started = stage.page.waitForEvent("download");
    await menu().getByRole("menuitem", { name: "Download with its settings" }).click();
    const archive = await JSZip.loadAsync(await readFile(await (await started).path()));
    const name = Object.keys(archive.files).find((each) => each.endsWith(".png")) ?? "";
    const bytes = await archive.file(name)?.async("uint8array");
    const settings = await readPictureSettings(bytes ?? new Uint8Array());
    expect(settings?.source).toBe("safelight");
    const again = stage.page.waitForEvent("download");
    await bar().getByRole("button", { name: "Download" }).click();
    await menu().getByRole("menuitem", { name: "Download as it is" }).click();
    await again;
    expect(stage.complaints).toEqual([]);
  });
});
