import { readFile } from "node:fs/promises";
import JSZip from "jszip";
import { beforeEach, describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { usePage } from "./use-page.ts";

const JOBS = 40;

const stage = usePage({ path: "/jobs", fill: fillJobs });
beforeEach(() => total(JOBS));

async function fillJobs(dataDir: string): Promise<void> {
  const store = await openFileStore({ dataDir });
  await fillWithSamples(store, { jobs: JOBS, contents: JOBS, pictures: 4, seed: 5, nowMs: Date.now() });
  await store.close();
}

/** Waits until the figures say that there are so many. */
const total = (count: number) => stage.page.locator("dl dd", { hasText: new RegExp(`^${count}$`) }).waitFor();
const rows = () => stage.page.locator("tr[data-index]");
const menu = () => stage.page.getByRole("menu");
const focusedRow = () => stage.page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));

async function save(choose: () => Promise<void>): Promise<Buffer> {
  const started = stage.page.waitForEvent("download");
  await choose();
  return readFile(await (await started).path());
}

const sheetOf = async (workbook: Buffer) =>
  (await JSZip.loadAsync(workbook)).file("xl/worksheets/sheet1.xml")?.async("string");

describe("the context menu of a job", () => {
  it("opens by keyboard, gives the focus back, and does what the bar of the selected does", async () => {
    const { keyboard } = stage.page;
    await rows().nth(0).focus();
    await keyboard.press("Shift+F10");
    await menu().waitFor();
    await keyboard.press("Escape");
    await menu().waitFor({ state: "detached" });
    await expect.poll(focusedRow).toBe("2");

    await keyboard.press("ContextMenu");
    await menu().waitFor();
    expect(await menu().count()).toBe(1);
    await keyboard.press("ArrowDown");
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.textContent)).toBe("Open");
    await keyboard.press("Enter");
    await stage.page.getByRole("complementary", { name: "Job", exact: true }).waitFor();

    await rows().nth(0).focus();
    await keyboard.press("Shift+ArrowDown");
    await stage.page.getByRole("toolbar", { name: "Selected jobs" }).getByText("2 selected").waitFor();
    const spent = () => stage.page.locator("dl > div", { hasText: "Spent this month" }).textContent();
    const before = await spent();
    await rows().nth(1).click({ button: "right" });
    await menu().getByText("2 jobs").waitFor();
    await menu().getByRole("menuitem", { name: "Delete" }).click();
    await total(JOBS - 2);
    await expect.poll(focusedRow).not.toBe(null);
    // What was spent is spent, whatever becomes of the list.
    await expect.poll(spent).toBe(before);
    await keyboard.press("Control+z");
    await total(JOBS);

    await rows().nth(3).click({ button: "right" });
    await menu().getByRole("menuitem", { name: "Run again…" }).click();
    const dialog = stage.page.getByRole("dialog", { name: "Run 1 job again" });
    await dialog.waitFor();
    await keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(stage.complaints).toEqual([]);
  });
});

it("asks those providers for lost runs that are set up and can tell them", async () => {
  await stage.page.getByRole("button", { name: "More for all jobs" }).click();
  await menu().getByRole("menuitem", { name: "Rescue runs…" }).click();
  const dialog = stage.page.getByRole("dialog", { name: "Rescue runs" });
  await dialog.getByRole("button", { name: "Ask ComfyUI" }).waitFor();
  // The one lacks its key, the other cannot list its runs.
  expect(await dialog.getByText("fal.ai").count()).toBe(0);
  expect(await dialog.getByText("AUTOMATIC1111").count()).toBe(0);
});

describe("an export of jobs", () => {
  it("is the server's own workbook, and holds just what is selected when the server is away", async () => {
    const { page, studio } = stage;
    const exported = await fetch(`${studio.url}/api/jobs/export?format=xlsx`);
    const theirs = await sheetOf(Buffer.from(await exported.arrayBuffer()));
    // The worker of the first visit keeps the parts of the page that come later.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await studio.kill();
    const item = (name: string) => menu().getByRole("menuitem", { name });
    await page.getByRole("button", { name: "Export" }).click();
    expect(await sheetOf(await save(() => item("Excel").click()))).toBe(theirs);

    await rows().nth(2).focus();
    await page.keyboard.press("Shift+ArrowDown");
    const bar = page.getByRole("toolbar", { name: "Selected jobs" });
    const choose = async (name: string) => {
      await bar.getByRole("button", { name: "Export" }).click();
      await item(name).click();
    };
    const { jobs } = JSON.parse((await save(() => choose("JSON"))).toString()) as { jobs: { id: string }[] };
    expect(jobs).toHaveLength(2);
    const sheet = (await sheetOf(await save(() => choose("Excel")))) ?? "";
    expect(sheet.match(/<row /g)).toHaveLength(3);
    for (const { id } of jobs) expect(sheet).toContain(id);
    expect((await save(() => choose("CSV"))).toString().trim().split("\r\n")).toHaveLength(3);
  });
});
