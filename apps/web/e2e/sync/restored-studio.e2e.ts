import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStyle, namesAt, namesIn, statusOf, stylesAt, untilSaved, updateStyle } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

const stage = useStage();

/** Copies the data folder of the studio, as a backup by night does. */
async function backUp(): Promise<void> {
  const { studio } = stage;
  await studio.kill();
  await cp(studio.dataDir, `${studio.dataDir}-backup`, { recursive: true });
  await studio.restart();
}

/** Puts the folder back; a studio without an epoch in `studio.json` takes a new one. */
async function putBack(): Promise<void> {
  const { studio } = stage;
  await studio.kill();
  await rm(studio.dataDir, { recursive: true });
  await cp(`${studio.dataDir}-backup`, studio.dataDir, { recursive: true });
  const path = join(studio.dataDir, "studio.json");
  const { epoch: _, ...rest } = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  await writeFile(path, JSON.stringify(rest));
  await studio.restart();
}

describe("a studio that is put back to yesterday's backup", () => {
  it("gets again what two devices wrote since, once, and what they wrote meanwhile", async () => {
    const [here, there] = [await stage.openDevice(), await stage.openDevice()];
    const [left, right] = [await here.openTab(), await there.openTab()];
    const id = await createStyle(left, "before the backup");
    await untilSaved(left);
    await expect.poll(() => namesIn(right)).toEqual(["before the backup"]);
    await backUp();
    await updateStyle(left, id, { name: "after the backup" });
    await createStyle(left, "forgotten by the left");
    await createStyle(right, "forgotten by the right");
    for (const page of [left, right]) {
      await page.evaluate(() => window.sync.nudge());
      await untilSaved(page);
    }
    await here.setOffline(true);
    await putBack();
    await updateStyle(left, id, { triggerWord: "offline" });
    await here.setOffline(false);
    for (const page of [left, right]) await page.evaluate(() => window.sync.nudge());
    const expected = ["after the backup", "forgotten by the left", "forgotten by the right"];
    await expect.poll(() => namesAt(stage.studio), { timeout: 20_000 }).toEqual(expected);
    await expect
      .poll(async () => (await stylesAt(stage.studio)).find((style) => style.id === id)?.triggerWord)
      .toBe("offline");
    for (const page of [left, right]) {
      await untilSaved(page);
      await expect.poll(() => namesIn(page)).toEqual(expected);
      expect(await page.evaluate(() => window.sync.attention())).toEqual([]);
    }
    const revs = (await stylesAt(stage.studio)).map(({ rev }) => rev);
    expect(revs.slice(1)).toEqual([1, 1]);
  });
});

describe("an IndexedDB that is deleted under a running tab", () => {
  it("is written anew: what waited arrives once, and the cache comes back", async () => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    await createStyle(page, "on the studio");
    await untilSaved(page);
    await device.onPush(async (route) => {
      // Committed, but the page does not learn of it.
      await route.fetch();
      await route.abort("connectionreset");
    });
    await createStyle(page, "answer lost");
    await expect.poll(() => namesAt(stage.studio)).toContain("answer lost");
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase("safelight");
          request.addEventListener("success", () => resolve());
          request.addEventListener("error", () => reject(new Error("not deleted")));
        }),
    );
    await createStyle(page, "written after");
    expect(await statusOf(page)).toMatchObject({ waiting: 2 });
    await device.onPush(undefined);
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    const expected = ["answer lost", "on the studio", "written after"];
    expect(await namesAt(stage.studio)).toEqual(expected);
    expect((await stylesAt(stage.studio)).map(({ rev }) => rev)).toEqual([1, 1, 1]);
    expect(await page.evaluate(() => window.sync.attention())).toEqual([]);
    await page.reload();
    await page.waitForFunction(() => "sync" in window);
    await expect.poll(() => namesIn(page)).toEqual(expected);
  });

  it("is filled again by the studio when it is deleted between two visits", async () => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    await createStyle(page, "kept by the studio");
    await untilSaved(page);
    await page.evaluate(() => window.sync.close());
    await page.evaluate(() => void indexedDB.deleteDatabase("safelight"));
    await page.reload();
    await page.waitForFunction(() => "sync" in window);
    await expect.poll(() => namesIn(page)).toEqual(["kept by the studio"]);
  });
});
