import { describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { usePage } from "./use-page.ts";

const PICTURES = 12;

const stage = usePage({
  path: "/create",
  isShared: true,
  fill: async (dataDir) => {
    const store = await openFileStore({ dataDir });
    // Two days old: none of it is a failure of today.
    const nowMs = Date.now() - 2 * 24 * 60 * 60 * 1000;
    await fillWithSamples(store, { jobs: PICTURES, contents: PICTURES, pictures: 4, seed: 7, nowMs });
    await store.close();
  },
});

const tile = () => stage.page.getByRole("gridcell").first();
const press = (key: string) => stage.page.keyboard.press(key);
const title = () => stage.page.getByRole("heading", { level: 1 }).textContent();
const hasFocus = (label: string) =>
  stage.page.getByLabel(label, { exact: true }).evaluate((field) => field === document.activeElement);
const total = (count: number) =>
  stage.page.getByRole("link", { name: `All ${count}`, exact: true }).waitFor();
const isStarred = () =>
  tile()
    .getByRole("button", { name: /^Star/ })
    .getAttribute("aria-pressed")
    .then((pressed) => pressed === "true");

/** A key as an input method has it, on what has the focus. */
const compose = (init: { readonly key: string; readonly ctrlKey?: boolean }) =>
  stage.page.evaluate((given) => {
    const event = new KeyboardEvent("keydown", {
      ...given,
      isComposing: true,
      bubbles: true,
      cancelable: true,
    });
    document.activeElement?.dispatchEvent(event);
  }, init);

describe("keys of the window", () => {
  it("go to a room by two letters, whatever the second one alone does to a picture", async () => {
    await total(PICTURES);
    const before = await isStarred();
    await tile().getByRole("link").focus();
    await press("g");
    await press("s");
    await expect.poll(title).toBe("Settings");
    await press("g");
    await press("c");
    await total(PICTURES);
    expect(await isStarred()).toBe(before);
    await tile().getByRole("link").focus();
    await press("s");
    await expect.poll(isStarred).toBe(!before);
  });

  it("reach the search from a choice that takes no letters, and leave an open menu its letters", async () => {
    await stage.page.getByRole("radio", { name: "Image", exact: true }).focus();
    await press("/");
    await expect.poll(() => hasFocus("Search the library")).toBe(true);
    await tile().click({ button: "right" });
    const menu = stage.page.getByRole("menu");
    await menu.waitFor();
    await press("ArrowDown");
    await press("/");
    expect(await hasFocus("Search the library")).toBe(false);
    await press("Escape");
    await menu.waitFor({ state: "detached" });
  });

  it("ask for nothing behind a dialog", async () => {
    await stage.page.getByLabel("Prompt", { exact: true }).fill("a quiet sea");
    await stage.page.getByRole("button", { name: "Templates and wildcards" }).click();
    await stage.page.getByRole("menuitem", { name: "Templates…" }).click();
    const dialog = stage.page.getByRole("dialog", { name: "Templates" });
    await dialog.getByRole("textbox").first().fill("Sea");
    await press("Control+Enter");
    await press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await stage.page.locator("[data-pending]").count()).toBe(0);
    await total(PICTURES);
  });

  it("are left to an input method: its words are taken without generating, searching or moving on", async () => {
    const prompt = stage.page.getByLabel("Prompt", { exact: true });
    await prompt.fill("静かな海");
    await prompt.focus();
    await compose({ key: "Enter", ctrlKey: true });
    const search = stage.page.getByLabel("Search the library", { exact: true });
    await search.fill("灯台");
    await compose({ key: "ArrowDown" });
    await compose({ key: "Escape" });
    expect(await hasFocus("Search the library")).toBe(true);
    expect(await search.inputValue()).toBe("灯台");
    await press("Escape");
    await expect.poll(() => search.inputValue()).toBe("");
    await total(PICTURES);
    expect(await stage.page.locator("[data-pending]").count()).toBe(0);
  });

  it("are about what is on top: the viewer has none while the list of keys lies over it", async () => {
    const before = await isStarred();
    await tile().getByRole("link").click();
    await stage.page.waitForURL(/picture=/);
    const place = (count: number) => stage.page.getByText(new RegExp(`^\\d+ of ${count}$`));
    await place(PICTURES).waitFor();
    await press("?");
    const help = stage.page.getByRole("dialog", { name: "Keyboard" });
    // In sight, and not behind the viewer.
    await help.getByRole("button", { name: "Close" }).click({ trial: true });
    await press("s");
    await press("Delete");
    await press("Escape");
    await help.waitFor({ state: "detached" });
    // Escape closed what was on top alone.
    expect(await place(PICTURES).count()).toBe(1);
    await stage.page.getByRole("button", { name: "Tag", exact: true }).click();
    const tag = stage.page.getByLabel("Add a tag");
    await tag.waitFor();
    await press("Escape");
    await tag.waitFor({ state: "detached" });
    expect(await place(PICTURES).count()).toBe(1);
    await press("Delete");
    await place(PICTURES - 1).waitFor();
    await press("Control+z");
    await place(PICTURES).waitFor();
    await press("Escape");
    await total(PICTURES);
    expect(await isStarred()).toBe(before);
  });

  it("generate from the form where it is a sheet", async () => {
    await stage.page.setViewportSize({ width: 390, height: 844 });
    await stage.page.getByRole("button", { name: "New pictures" }).click();
    const sheet = stage.page.getByRole("dialog", { name: "New pictures" });
    await sheet.getByRole("button", { name: "Earlier prompts" }).click();
    const earlier = stage.page.getByLabel("Find among earlier prompts");
    await earlier.waitFor();
    await press("Escape");
    await earlier.waitFor({ state: "detached" });
    await sheet.getByLabel("Prompt", { exact: true }).fill("a quiet sea");
    await press("Control+Enter");
    await sheet.waitFor({ state: "detached" });
    await stage.page.locator("[data-pending]").or(stage.page.getByText("a quiet sea")).first().waitFor();
    expect(stage.complaints).toEqual([]);
  });
});
