import { beforeAll, describe, expect, it } from "vitest";
import { buildSyncPage, type PageScripts, SITUATIONS } from "./build-sync-page.ts";
import { createStyle, namesAt, namesIn, statusOf, untilSaved } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

let current: PageScripts;
/** A bundle to come, with another layout of the database. */
let newer: PageScripts;

const stage = useStage();

beforeAll(async () => {
  current = await buildSyncPage();
  newer = await buildSyncPage({ ...SITUATIONS, layoutVersion: 99 });
});

/** A device whose tab of now is open, and has led, when the bundle is replaced. */
async function oldTab() {
  const scripts = new Map(current);
  const device = await stage.openDevice({ scripts });
  const old = await device.openTab();
  await createStyle(old, "by the old one");
  await untilSaved(old);
  for (const [path, code] of newer) scripts.set(path, code);
  return { device, old };
}

describe("a database that an old and a new bundle share", () => {
  it("is the new one's, which leads; the old tab is told to reload, and what it goes on writing arrives", async () => {
    const { device, old } = await oldTab();
    const fresh = await device.openTab();
    await createStyle(fresh, "by the new one");
    // Kept in the database, by a tab that cannot read all of it any more.
    await createStyle(old, "by the old one, later");
    const all = ["by the new one", "by the old one", "by the old one, later"];
    await expect.poll(() => namesAt(stage.studio)).toEqual(all);
    await untilSaved(fresh);
    expect(await namesIn(fresh)).toEqual(all);
    expect(await fresh.evaluate(() => window.sync.link())).toBe("online");

    await expect.poll(() => old.evaluate(() => window.sync.link())).toBe("outdated");
    expect(await statusOf(old)).not.toMatchObject({ state: "not-saved" });
    expect(await old.evaluate(() => window.sync.storageFault())).toMatchObject({ mendable: false });
    await old.reload();
    await old.waitForFunction(() => "sync" in window);
    await expect.poll(() => namesIn(old)).toEqual(all);
    await untilSaved(old);
    for (const tab of [old, fresh]) {
      expect(await tab.evaluate(() => window.sync.attention())).toEqual([]);
    }
  });

  it("keeps what the old tab wrote offline, for the new one to send", async () => {
    const { device, old } = await oldTab();
    await device.onPush((route) => route.abort());
    await createStyle(old, "offline, before");
    const fresh = await device.openTab();
    await createStyle(old, "offline, after");
    await old.close();
    await device.onPush(undefined);
    await fresh.evaluate(() => window.sync.nudge());
    await expect
      .poll(() => namesAt(stage.studio))
      .toEqual(["by the old one", "offline, after", "offline, before"]);
    await untilSaved(fresh);
  });
});
