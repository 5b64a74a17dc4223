import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openFileStore } from "../../../packages/store/src/index.ts";
import { fillWithSamples } from "../../../scripts/sample-data/fill-with-samples.ts";
import { makePng } from "./make-picture.ts";
import { usePage } from "./use-page.ts";

const JOBS = 60;

const stage = usePage({ path: "/jobs", fill: fillJobs });
beforeEach(() => total(JOBS));

async function fillJobs(dataDir: string): Promise<void> {
  const store = await openFileStore({ dataDir });
  await fillWithSamples(store, { jobs: JOBS, contents: JOBS, pictures: 4, seed: 5, nowMs: Date.now() });
  const lost = { kind: "image", provider: "fal", prompt: "a lost answer", status: "unknown" };
  await store.commit({
    by: "test",
    actor: "server",
    atomicity: "all",
    steps: [{ collection: "jobs", id: "job-lost", op: "create", set: lost }],
  });
  await store.close();
}

/** Waits until the figures say that there are so many, the lost one beside. */
async function total(count: number): Promise<void> {
  await stage.page.locator("dl dd", { hasText: new RegExp(`^${count + 1}$`) }).waitFor();
}

async function press(key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await stage.page.keyboard.press(key);
}

const focused = () => stage.page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));
const rows = () => stage.page.locator("tr[data-index]");

describe("the table of jobs", () => {
  it("needs nothing but the keyboard to find, select ten, delete, undo, order and open", async () => {
    await press("/");
    await stage.page.keyboard.type("job-");
    await stage.page.getByText(`${JOBS + 1} jobs of ${JOBS + 1}`).waitFor();
    await expect.poll(() => stage.page.url()).toContain("q=job-");
    await press("Escape");
    await press("ArrowDown");
    await expect.poll(focused).toBe("2");
    // Each key after what the one before did is seen, as a person presses them.
    for (let count = 2; count <= 10; count += 1) {
      await press("Shift+ArrowDown");
      await stage.page
        .getByRole("toolbar", { name: "Selected jobs" })
        .getByText(`${count} selected`)
        .waitFor();
    }
    await expect.poll(focused).toBe("11");
    await press("Delete");
    await total(JOBS - 10);
    await press("Control+z");
    await total(JOBS);

    await press("End");
    await expect.poll(focused).toBe(String(JOBS + 2));
    await press("Home");
    expect(stage.complaints).toEqual([]);
    await press("Enter");
    const detail = stage.page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByRole("heading").first().waitFor();
    expect(stage.page.url()).toMatch(/\/jobs\/job-/);

    await stage.page.getByRole("button", { name: "Cost" }).last().focus();
    await press("Enter");
    await expect.poll(() => stage.page.url()).toContain("order=-cost");
    const head = stage.page.getByRole("columnheader", { name: "Cost" });
    await expect.poll(() => head.getAttribute("aria-sort")).toBe("descending");
    const knownCosts = async () => {
      const costs = await rows().evaluateAll((found) =>
        found.map((row) => Number(row.querySelector("td:nth-last-child(2)")?.textContent?.replace("$", ""))),
      );
      return costs.filter((cost) => !Number.isNaN(cost));
    };
    await expect
      .poll(async () => {
        const costs = await knownCosts();
        return (
          costs.length > 1 && costs.every((cost, index) => index === 0 || cost <= (costs[index - 1] ?? 0))
        );
      })
      .toBe(true);
  });

  it("keeps its filters in the address, offers only what there is, and exports what it shows", async () => {
    await stage.page
      .getByRole("button", { name: /^Provider/ })
      .first()
      .click();
    await stage.page.getByRole("menuitem", { name: /^fal/ }).click();
    const line = stage.page.getByText(/ of 61$/);
    const found = async () => Number.parseInt((await line.textContent()) ?? "", 10);
    await expect.poll(found).toBeLessThan(JOBS + 1);
    const shown = await found();
    await stage.page.reload();
    await expect.poll(found).toBe(shown);
    await stage.page.getByRole("button", { name: "Export" }).click();
    const started = stage.page.waitForEvent("download");
    await stage.page.getByRole("menuitem", { name: "CSV" }).click();
    const online = await readFile(await (await started).path(), "utf8");
    expect(online.trim().split("\r\n")).toHaveLength(shown + 1);

    await stage.studio.kill();
    await stage.page.getByRole("button", { name: "Export" }).click();
    const again = stage.page.waitForEvent("download");
    await stage.page.getByRole("menuitem", { name: "CSV" }).click();
    expect(await readFile(await (await again).path(), "utf8")).toBe(online);
  });

  it("settles a job whose answer was lost, with what it cost", async () => {
    await stage.page.goto(`${stage.studio.url}/jobs/job-lost`);
    const detail = stage.page.getByRole("complementary", { name: "Job", exact: true });
    await detail.getByText("Safelight will not send it again by itself.").waitFor();
    await detail.getByRole("button", { name: "Mark as failed" }).click();
    await stage.page.getByLabel("What it cost, by your account there").fill("0.04");
    await stage.page.keyboard.press("Enter");
    await detail.getByText("Failed", { exact: true }).first().waitFor();
    await detail.getByText("$0.04, reported by the provider").waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("pauses the queue, orders it by keyboard, and lets it go on", async () => {
    await stage.page.getByRole("button", { name: "Pause queue" }).click();
    await stage.page.getByRole("button", { name: "Queue paused · go on" }).waitFor();
    await expect
      .poll(async () => (await (await fetch(`${stage.studio.url}/api/queue`)).json()) as object)
      .toMatchObject({ paused: true });
    for (const prompt of ["first", "second", "third"]) {
      const body = JSON.stringify({ kind: "image", provider: "local", model: "paint", prompt });
      const headers = { "content-type": "application/json" };
      const { status } = await fetch(`${stage.studio.url}/api/jobs`, { method: "POST", headers, body });
      expect(status).toBe(201);
    }
    await stage.page.getByRole("button", { name: "3 queued" }).click();
    const queue = stage.page.getByRole("dialog", { name: "Queue" });
    await queue.getByRole("button", { name: /place 3 of 3$/ }).focus();
    await press("Home");
    const order = () => queue.getByRole("listitem").allTextContents();
    await expect
      .poll(async () => (await order()).map((words) => words.replace(/^\d+/, "")))
      .toEqual(["third", "first", "second"]);
    await queue.getByText("Now at place 1 of 3.").waitFor();
    await queue.getByRole("listitem").nth(2).dragTo(queue.getByRole("listitem").nth(1));
    await expect
      .poll(async () => (await order()).map((words) => words.replace(/^\d+/, "")))
      .toEqual(["third", "second", "first"]);
    await queue.getByRole("button", { name: "Go on" }).first().click();
    await queue.getByText("Nothing waits.").waitFor({ timeout: 30_000 });
    expect(stage.complaints).toEqual([]);
  });

  it("takes an older job history in after a look, and gives it back equal", async () => {
    const png = makePng(8, 8, [200, 120, 40]);
    const jobs = [1, 2, 3].map((number) => ({
      id: `job-${number + 700}`,
      prompt: `heroic knight ${number}`,
      width: 64,
      height: 64,
      seed: null,
      status: "success",
      result: `data:image/png;base64,${png.toString("base64")}`,
      error: null,
      startTime: 1698589123456,
      endTime: 1698589125901,
      duration: 2.445,
      createdAt: 1698589120000 + number,
    }));
    const file = join(stage.studio.dataDir, "job_history.json");
    await writeFile(file, JSON.stringify({ jobs, lastJobId: 703, version: "1.0" }));
    await stage.page.getByRole("button", { name: "More for all jobs" }).click();
    await stage.page.getByRole("menuitem", { name: "Import a job history…" }).click();
    const dialog = stage.page.getByRole("dialog", { name: "Import a job history" });
    await dialog
      .locator("input[type=file]")
      .or(stage.page.locator("input[type=file]"))
      .first()
      .setInputFiles(file);
    await dialog.getByText("this is what it would do").waitFor();
    await dialog.getByRole("button", { name: "Import 3 jobs" }).click();
    await dialog.getByText("done.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await total(JOBS + 3);
    const loaded = (await (await fetch(`${stage.studio.url}/load-jobs`)).json()) as {
      jobs: { id: string }[];
    };
    expect(loaded.jobs.filter(({ id }) => /^job-70\d$/.test(id))).toEqual(jobs);
    expect(stage.complaints).toEqual([]);
  });

  it("clears the history and takes that back", async () => {
    await stage.page.getByRole("button", { name: "More for all jobs" }).click();
    await stage.page.getByRole("menuitem", { name: "Clear the history…" }).click();
    await stage.page
      .getByRole("dialog")
      .getByRole("button", { name: /^Clear \d+ jobs$/ })
      .click();
    await stage.page.getByText("No jobs yet").waitFor();
    await stage.page.getByRole("button", { name: "Undo" }).click();
    await total(JOBS);
    expect(stage.complaints).toEqual([]);
  });
});
