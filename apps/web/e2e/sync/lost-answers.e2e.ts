import type { PushRequest } from "@safelight/shared";
import { describe, expect, it } from "vitest";
import { createStyle, namesAt, statusOf, stylesAt, untilSaved, updateStyle } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

const stage = useStage();

describe("a push", () => {
  it("whose answer is lost after the commit has one effect", async () => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    await untilSaved(page);
    let lost = 0;
    await device.onPush(async (route) => {
      if (lost === 2) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    });
    const id = await createStyle(page, "one");
    await updateStyle(page, id, { triggerWord: "dsk" });
    await untilSaved(page);
    expect(lost).toBe(2);
    expect(await page.evaluate(() => window.sync.attention())).toEqual([]);
    const styles = await stylesAt(stage.studio);
    expect(styles).toMatchObject([{ name: "one", triggerWord: "dsk" }]);
    // One for the create, one more for the edit at most: nothing was done twice.
    expect(styles[0]?.rev).toBeLessThanOrEqual(2);
  });

  it.each([
    [401, "signed-out"],
    [503, "server"],
  ])("that is answered by %i keeps 500 queued writes, and says why", async (status, reason) => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    await untilSaved(page);
    await device.onPush((route) => route.fulfill({ status, body: "<h1>not now</h1>" }));
    await page.evaluate(async () => {
      const writes = Array.from({ length: 500 }, (_, index) =>
        window.sync.create("styles", { name: `style ${index}` }),
      );
      await Promise.all(writes.map(({ durable }) => durable));
    });
    await expect.poll(() => statusOf(page)).toEqual({ state: "on-device", waiting: 500, reason });
    await page.reload();
    await page.waitForFunction(() => "sync" in window);
    await expect.poll(() => statusOf(page)).toEqual({ state: "on-device", waiting: 500, reason });
    await device.onPush(undefined);
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    expect(await stylesAt(stage.studio)).toHaveLength(500);
    expect(await page.evaluate(() => window.sync.attention())).toEqual([]);
  });

  it("whose first mutation is invalid takes all others, and puts that one on the list", async () => {
    const device = await stage.openDevice();
    const page = await device.openTab();
    await untilSaved(page);
    const sent: number[] = [];
    let held = true;
    await device.onPush(async (route) => {
      if (held) return route.abort();
      sent.push((route.request().postDataJSON() as PushRequest).mutations.length);
      await route.continue();
    });
    await page.evaluate(async () => {
      window.sync.create("styles", { name: "x".repeat(5000) });
      for (const name of ["a", "b", "c"]) window.sync.create("styles", { name });
      await window.sync.create("styles", { name: "d" }).durable;
    });
    held = false;
    await page.evaluate(() => window.sync.nudge());
    await expect
      .poll(() => statusOf(page))
      .toEqual({
        state: "needs-attention",
        count: 1,
        waiting: 0,
      });
    expect(sent[0]).toBe(5);
    expect(await namesAt(stage.studio)).toEqual(["a", "b", "c", "d"]);
    const [item] = await page.evaluate(() => window.sync.attention());
    expect(item).toMatchObject({ n: 1, op: "create", path: "/name" });
    expect(item?.message).not.toBe("");
  });
});
