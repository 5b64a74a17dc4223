import { beforeEach, describe, expect, it } from "vitest";
import { OLDER_STORAGE } from "../src/testing/older-storage.ts";
import { usePage } from "./use-page.ts";

const stage = usePage({ path: "/icon.svg", context: { serviceWorkers: "block" } });

// As a page of an older app at the same address left it.
beforeEach(() =>
  stage.page.evaluate((kept) => {
    for (const [key, text] of Object.entries(kept)) localStorage.setItem(key, text);
  }, OLDER_STORAGE),
);

const counts = () =>
  stage.page.evaluate(() => {
    const { styles, models, contents, jobs, messages, components, galleryImages, datasetItems, drafts } =
      window.app.getState();
    return {
      styles: styles.length,
      models: models.length,
      contents: contents.length,
      jobs: jobs.length,
      messages: messages.length,
      components: components.length,
      galleryImages: galleryImages.length,
      datasetItems: datasetItems.length,
      reports: drafts.filter(({ scope }) => scope === "takeover").length,
    };
  });

const ALL = {
  styles: 2,
  models: 1,
  // One that was listed, and one that is the picture of a job.
  contents: 2,
  jobs: 2,
  messages: 2,
  components: 1,
  galleryImages: 2,
  datasetItems: 1,
  reports: 9,
};

describe("what older apps kept in this browser", () => {
  it("is taken over once, with a report, and stays where it was", async () => {
    await stage.page.goto(`${stage.studio.url}/create`);
    await stage.page.getByText("Taken over from an older app").waitFor({ timeout: 30_000 });
    await expect.poll(counts, { timeout: 20_000 }).toEqual(ALL);
    await stage.page.getByRole("link", { name: "Show the report" }).click();
    const section = stage.page.getByRole("region", { name: "From older apps" });
    await section.getByText("Training of Style 100").waitFor();
    await section.getByText("Its picture was in the memory of a page that is closed.").waitFor();
    await section.getByText("It is cut off or damaged: it cannot be read as JSON.").waitFor();

    const job = await stage.page.evaluate(() => window.app.getState().jobs.find(({ id }) => id === "job-1"));
    expect(job).toMatchObject({ prompt: "heroic knight with glowing sword", status: "succeeded", number: 1 });
    const pending = await stage.page.evaluate(() =>
      window.app.getState().jobs.find(({ id }) => id === "job-2"),
    );
    // Never run: this studio did not submit it.
    expect(pending).toMatchObject({ status: "unknown" });
    const content = await stage.page.evaluate(() =>
      window.app.getState().contents.find(({ id }) => id === "1714557600000"),
    );
    expect(content).toMatchObject({ prompt: "a lighthouse", createdAt: "2024-05-01T10:10:00.000Z" });
    expect(content?.blob?.mime).toBe("image/png");
    const card = await stage.page.evaluate(() =>
      window.app.getState().galleryImages.find(({ x }) => x === 44),
    );
    expect(card?.blob?.mime).toBe("image/png");
    for (const [key, text] of Object.entries(OLDER_STORAGE)) {
      expect(await stage.page.evaluate((name) => localStorage.getItem(name), key), key).toBe(text);
    }

    await stage.page.reload();
    await section.getByText("Training of Style 100").waitFor();
    // Longer than the takeover needs to find out that there is nothing to do.
    await stage.page.waitForTimeout(1500);
    expect(await counts()).toEqual(ALL);
    expect(await stage.page.getByText("Taken over from an older app").count()).toBe(0);

    const download = stage.page.waitForEvent("download");
    await section.getByRole("button", { name: "Remove the old copies from this browser" }).click();
    expect((await download).suggestedFilename()).toBe("older-apps-localstorage.json");
    expect(await stage.page.evaluate(() => Object.keys(localStorage))).not.toContain("pixellab_jobs");
    expect(await stage.page.evaluate(() => localStorage.getItem("other-app"))).toBe(
      OLDER_STORAGE["other-app"],
    );
    // The browser itself says which requests failed, and that this context has no service worker.
    const own = stage.complaints.filter((text) => !/Failed to load resource|Service Worker/.test(text));
    expect(own).toEqual([]);
  });

  it("is taken offline as far as that goes; lists that only the server can take wait for it", async () => {
    // The page and its cache are here, the studio does not answer.
    await stage.context.route(/\/api\/|\/health/, (route) => route.abort());
    await stage.page.goto(`${stage.studio.url}/create`);
    await expect
      .poll(counts, { timeout: 30_000 })
      .toEqual({ ...ALL, models: 0, contents: 0, jobs: 0, reports: 6 });
    await stage.context.unroute(/\/api\/|\/health/);
    await stage.page.reload();
    await expect.poll(counts, { timeout: 30_000 }).toEqual(ALL);
    const status = await stage.page.evaluate(() => window.state.saveToStorage());
    expect(status.state).toBe("saved");
  });
});
