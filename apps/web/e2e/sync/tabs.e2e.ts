import { setTimeout as sleep } from "node:timers/promises";
import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createStyle, namesAt, namesIn, statusOf, stylesAt, untilSaved } from "./open-device.ts";
import { useStage } from "./use-stage.ts";

/** Longest time from the end of a leader to the first push of the next one. */
const TAKEOVER_MS = 2000;

const stage = useStage();

/** Queues `count` styles in a tab while the studio does not answer pushes. */
async function queue(page: Page, count: number): Promise<void> {
  await page.evaluate(async (most) => {
    const writes = Array.from({ length: most }, (_, index) =>
      window.sync.create("styles", { name: `style ${String(index).padStart(4, "0")}` }),
    );
    await Promise.all(writes.map(({ durable }) => durable));
  }, count);
}

/** Commits the first push without telling its page, and notes when each later one comes. */
function meetPushes(): {
  readonly first: Promise<void>;
  readonly laterAt: number[];
  meet(route: Route): Promise<void>;
} {
  const laterAt: number[] = [];
  let tellFirst: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  let met = false;
  return {
    first,
    laterAt,
    async meet(route) {
      if (met) {
        laterAt.push(performance.now());
        await route.continue();
        return;
      }
      met = true;
      await route.fetch();
      tellFirst();
    },
  };
}

describe("tabs of one browser", () => {
  it("lose nothing that was said to be on this device when the page is killed", async () => {
    const device = await stage.openDevice();
    await device.onPush((route) => route.abort());
    const page = await device.openTab();
    await createStyle(page, "kept");
    await expect.poll(() => statusOf(page)).toMatchObject({ state: "on-device", waiting: 1 });
    const session = await device.context.newCDPSession(page);
    const crashed = new Promise((resolve) => page.once("crash", resolve));
    // Never answers: the process is gone.
    session.send("Page.crash").catch(() => undefined);
    await crashed;
    await device.onPush(undefined);
    const next = await device.openTab();
    await untilSaved(next);
    expect(await namesAt(stage.studio)).toEqual(["kept"]);
  });

  it("send at the next start what a follower wrote offline before all of them closed", async () => {
    const device = await stage.openDevice();
    const [leader, follower] = [await device.openTab(), await device.openTab()];
    await untilSaved(leader);
    await device.setOffline(true);
    await createStyle(follower, "written by a follower");
    await expect.poll(() => namesIn(leader)).toEqual(["written by a follower"]);
    await leader.close();
    await follower.close();
    await device.setOffline(false);
    const next = await device.openTab();
    await untilSaved(next);
    expect(await namesAt(stage.studio)).toEqual(["written by a follower"]);
  });

  it("go on within two seconds when the leader closes with a push on its way, and do nothing twice", async () => {
    const device = await stage.openDevice();
    const [leader, follower] = [await device.openTab(), await device.openTab()];
    await untilSaved(leader);
    await device.setOffline(true);
    await queue(leader, 800);
    const pushes = meetPushes();
    await device.onPush((route) => pushes.meet(route));
    await device.setOffline(false);
    await leader.evaluate(() => window.sync.nudge());
    await pushes.first;
    const closedAt = performance.now();
    await leader.close();
    await untilSaved(follower);
    expect((pushes.laterAt[0] ?? Infinity) - closedAt).toBeLessThan(TAKEOVER_MS);
    expect(await follower.evaluate(() => window.sync.attention())).toEqual([]);
    const styles = await stylesAt(stage.studio);
    expect(styles).toHaveLength(800);
    expect(styles.every(({ rev }) => rev === 1)).toBe(true);
  });

  it("take the lead from a frozen one within two seconds of a write", async () => {
    const device = await stage.openDevice();
    const [leader, follower] = [await device.openTab(), await device.openTab()];
    await untilSaved(leader);
    await device.setOffline(true);
    await queue(leader, 800);
    const pushes = meetPushes();
    await device.onPush((route) => pushes.meet(route));
    await device.setOffline(false);
    await leader.evaluate(() => window.sync.nudge());
    await pushes.first;
    const session = await device.context.newCDPSession(leader);
    // Stops at the next line of any script: as stuck as a tab can be, with the lock in its hand.
    await session.send("Debugger.enable");
    await session.send("Debugger.pause");
    await follower.bringToFront();
    const wroteAt = performance.now();
    await createStyle(follower, "while it was frozen");
    await untilSaved(follower);
    expect((pushes.laterAt[0] ?? Infinity) - wroteAt).toBeLessThan(TAKEOVER_MS);
    await session.send("Debugger.disable");
    await sleep(1000);
    await untilSaved(leader);
    const styles = await stylesAt(stage.studio);
    expect(styles).toHaveLength(801);
    expect(styles.every(({ rev }) => rev === 1)).toBe(true);
    expect((await namesIn(leader)).length).toBe(801);
  });
});

describe("ten tabs on plain HTTP", () => {
  it("share one leader by a lease, and all see every write", async () => {
    const plain = await stage.openDevice({
      // What a page at a plain address lacks.
      before: () => {
        Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
        Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
      },
    });
    const streams: string[] = [];
    plain.context.on("request", (request) => {
      if (request.url().includes("/api/sync/events")) streams.push(request.url());
    });
    const tabs: Page[] = [];
    for (let count = 0; count < 10; count += 1) tabs.push(await plain.openTab());
    const [first, last] = [tabs[0], tabs[9]];
    if (first === undefined || last === undefined) throw new Error("No tabs.");
    await untilSaved(first);
    for (const [index, tab] of tabs.entries()) await createStyle(tab, `by tab ${index}`);
    for (const tab of tabs) await expect.poll(async () => (await namesIn(tab)).length).toBe(10);
    await expect.poll(async () => (await stylesAt(stage.studio)).length).toBe(10);
    expect(streams).toHaveLength(1);
    await first.close();
    await createStyle(last, "after the leader");
    await expect.poll(async () => (await stylesAt(stage.studio)).length, { timeout: 5000 }).toBe(11);
    const sha256 = await last.evaluate(
      async () => (await window.sync.putBlob(new Blob(["abc"], { type: "text/plain" }))).sha256,
    );
    expect(sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
