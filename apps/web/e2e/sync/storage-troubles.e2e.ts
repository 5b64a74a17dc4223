import type { CDPSession, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createPusher } from "../../bench/bench-context.ts";
import { createStyle, type Device, namesAt, namesIn, statusOf, stylesAt, untilSaved } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

const stage = useStage();

async function onlyTab(): Promise<{ device: Device; page: Page; session: CDPSession }> {
  const device = await stage.openDevice();
  const page = await device.openTab();
  await createStyle(page, "before");
  await untilSaved(page);
  return { device, page, session: await device.context.newCDPSession(page) };
}

/** A device whose browser gives the studio `quotaSize` bytes. The function gives it as much as usual. */
async function smallDevice(
  quotaSize: number,
): Promise<{ device: Device; page: Page; widen: () => Promise<void> }> {
  const device = await stage.openDevice();
  const settings = await device.context.newPage();
  const origin = stage.studio.url;
  await settings.goto(`${origin}/icon.svg`);
  const session = await device.context.newCDPSession(settings);
  // Before IndexedDB is used: the browser remembers for half a minute how much room there was.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
  const page = await device.openTab();
  await createStyle(page, "before");
  await untilSaved(page);
  return {
    device,
    page,
    widen: async () => void (await session.send("Storage.overrideQuotaForOrigin", { origin })),
  };
}

describe("a device whose quota is used up", () => {
  it("says Not saved and why, keeps the write on screen, and keeps it for good when there is room again", async () => {
    const { device, page, widen } = await smallDevice(600_000);
    await device.onPush((route) => route.abort());
    const refusals = await page.evaluate(async () => {
      const names: string[] = [];
      for (let count = 0; count < 20; count += 1) {
        // Text that cannot be packed much.
        const noise = crypto.getRandomValues(new Uint8Array(60_000));
        const description = Array.from(noise, (value) => String.fromCodePoint(0x100 + value)).join("");
        const { durable } = window.sync.create("styles", { name: `long ${10 + count}`, description });
        const refusal = await durable.then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.name : "unknown"),
        );
        if (refusal !== undefined) names.push(refusal);
      }
      return names;
    });
    expect(refusals.length).toBeGreaterThan(0);
    expect(new Set(refusals)).toEqual(new Set(["QuotaExceededError"]));
    expect(await statusOf(page)).toMatchObject({ state: "not-saved", cause: "full" });
    expect(await namesIn(page)).toHaveLength(21);
    const file = await page.evaluate(() => window.sync.exportOutbox());
    expect(file).toContain("long 29");

    await widen();
    await page.evaluate(() => window.sync.nudge());
    await expect.poll(() => statusOf(page)).toMatchObject({ state: "on-device", waiting: 20 });
    await device.onPush(undefined);
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    const styles = await stylesAt(stage.studio);
    expect(styles).toHaveLength(21);
    expect(styles.every(({ rev }) => rev === 1)).toBe(true);
  });
});

describe("a database that the browser let go of between two visits", () => {
  it("is filled from the studio, and what is written then is new to it", async () => {
    const { device, page, session } = await onlyTab();
    await createStyle(page, "before, too");
    await untilSaved(page);
    const elsewhere = await device.context.newPage();
    await page.close();
    await elsewhere.goto(`${stage.studio.url}/icon.svg`);
    const other = await device.context.newCDPSession(elsewhere);
    await session.detach().catch(() => undefined);
    await other.send("Storage.clearDataForOrigin", { origin: stage.studio.url, storageTypes: "indexeddb" });

    const again = await device.openTab();
    await expect.poll(() => namesIn(again)).toEqual(["before", "before, too"]);
    // Its first numbers were given before, by the device that it was: they are not taken for the same again.
    await createStyle(again, "after");
    await untilSaved(again);
    expect(await namesAt(stage.studio)).toEqual(["after", "before", "before, too"]);
  });
});

describe("a studio that is larger than the quota", () => {
  it("is shown as far as there is room, and goes on by itself when there is more", async () => {
    const noise = (from: number) =>
      Array.from({ length: 2000 }, (_, at) =>
        String.fromCodePoint(0x100 + ((from * 7919 + at * 104_729 + ((from * at) % 977)) % 20_000)),
      ).join("");
    const push = createPusher(stage.studio);
    for (let batch = 0; batch < 10; batch += 1) {
      await push(
        Array.from({ length: 50 }, (_, at) => ({
          collection: "styles",
          id: `style-${batch * 50 + at}`,
          op: "create",
          set: { name: `style ${batch * 50 + at}`, description: noise(batch * 50 + at) },
        })),
      );
    }
    const device = await stage.openDevice();
    const settings = await device.context.newPage();
    const origin = stage.studio.url;
    await settings.goto(`${origin}/icon.svg`);
    const session = await device.context.newCDPSession(settings);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 700_000 });
    const page = await device.openTab();
    await expect.poll(() => statusOf(page)).toMatchObject({ state: "not-saved", cause: "full" });
    const shown = (await namesIn(page)).length;
    expect(shown).toBeLessThan(500);

    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    await expect.poll(async () => (await namesIn(page)).length).toBe(500);
  });
});

describe("a connection to IndexedDB that is lost", () => {
  it("because the browser closed it and cleared its data: what waited is written anew and arrives", async () => {
    const { device, page, session } = await onlyTab();
    await device.setOffline(true);
    await createStyle(page, "waits");
    // Closes the connection from the browser's side, with a `close` event, as when a person clears site data.
    await session.send("Storage.clearDataForOrigin", {
      origin: stage.studio.url,
      storageTypes: "indexeddb",
    });
    await createStyle(page, "written after");
    expect(await namesIn(page)).toEqual(["waits", "written after"]);
    await device.setOffline(false);
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    expect(await namesAt(stage.studio)).toEqual(["before", "waits", "written after"]);
    expect((await stylesAt(stage.studio)).map(({ rev }) => rev)).toEqual([1, 1, 1]);
    await page.reload();
    await page.waitForFunction(() => "sync" in window);
    await expect.poll(() => namesIn(page)).toEqual(["before", "waits", "written after"]);
  });

  it("because another tab deletes the database: it makes way, and nothing is lost", async () => {
    const { device, page } = await onlyTab();
    await device.setOffline(true);
    await createStyle(page, "waits");
    const other = await device.context.newPage();
    await device.setOffline(false);
    await device.onPush((route) => route.abort());
    await other.goto(`${stage.studio.url}/icon.svg`);
    const outcome = await other.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const request = indexedDB.deleteDatabase("safelight");
          request.addEventListener("success", () => resolve("deleted"));
          request.addEventListener("blocked", () => resolve("blocked"));
          request.addEventListener("error", () => resolve("error"));
        }),
    );
    expect(outcome).toBe("deleted");
    await createStyle(page, "written after");
    await device.onPush(undefined);
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    expect(await namesAt(stage.studio)).toEqual(["before", "waits", "written after"]);
  });
});
