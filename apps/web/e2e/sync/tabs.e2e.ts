import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createStyle, type Device, namesAt, namesIn, statusOf, stylesAt, untilSaved } from "./open-device.ts";
import { useStage } from "./use-stage.ts";
import { watchStolenTime } from "./watch-stolen-time.ts";

/** Longest time from the end of a leader to the first push of the next one, on a machine that has the time. */
const TAKEOVER_MS = 2000;
/** Styles of a drain: more than one push carries. */
const QUEUED = 800;

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

/** Two tabs of a device. The leader's first push of many was committed, and it was not told; `laterAt` has the others. */
async function openMidDrain() {
  const device = await stage.openDevice();
  const [leader, follower] = [await device.openTab(), await device.openTab()];
  await untilSaved(leader);
  await device.setOffline(true);
  await queue(leader, QUEUED);
  await expect.poll(() => statusOf(follower)).toMatchObject({ waiting: QUEUED });
  const pushes = meetPushes();
  await device.onPush((route) => pushes.meet(route));
  await device.setOffline(false);
  await leader.evaluate(() => window.sync.nudge());
  await pushes.first;
  return { device, leader, follower, laterAt: pushes.laterAt };
}

/** Stops a page at the next line of any script, as stuck as a tab can be, with the lock in its hand; answers its thaw. */
async function freeze({ context }: Device, page: Page): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(page);
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  return async () => {
    await session.send("Debugger.disable");
  };
}

async function expectEachOnce(count: number): Promise<void> {
  const styles = await stylesAt(stage.studio);
  expect(styles).toHaveLength(count);
  expect(styles.every(({ rev }) => rev === 1)).toBe(true);
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
    const { leader, follower, laterAt } = await openMidDrain();
    const [closedAt, stolenMs] = [performance.now(), watchStolenTime()];
    await leader.close();
    await untilSaved(follower);
    expect((laterAt[0] ?? Infinity) - closedAt).toBeLessThan(TAKEOVER_MS + stolenMs());
    expect(await follower.evaluate(() => window.sync.attention())).toEqual([]);
    await expectEachOnce(QUEUED);
  });

  it("take the lead from one that freezes mid-drain within two seconds, with nobody writing anything", async () => {
    const { device, leader, follower, laterAt } = await openMidDrain();
    const thaw = await freeze(device, leader);
    const [frozenAt, stolenMs] = [performance.now(), watchStolenTime()];
    await untilSaved(follower);
    expect((laterAt[0] ?? Infinity) - frozenAt).toBeLessThan(TAKEOVER_MS + stolenMs());
    await thaw();
    await untilSaved(leader);
    await expectEachOnce(QUEUED);
  });

  it("take the lead from a frozen one within two seconds of a write", async () => {
    const { device, leader, follower, laterAt } = await openMidDrain();
    const thaw = await freeze(device, leader);
    await follower.bringToFront();
    const [wroteAt, stolenMs] = [performance.now(), watchStolenTime()];
    await createStyle(follower, "while it was frozen");
    await untilSaved(follower);
    expect((laterAt[0] ?? Infinity) - wroteAt).toBeLessThan(TAKEOVER_MS + stolenMs());
    await thaw();
    await expect.poll(async () => (await namesIn(leader)).length).toBe(QUEUED + 1);
    await untilSaved(leader);
    await expectEachOnce(QUEUED + 1);
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

describe("a page on plain HTTP whose server has gone away since", () => {
  it("can still make its broken database anew, discard what was refused and name bytes", async () => {
    const late = new Set<string>();
    const device = await stage.openDevice({
      before: () => {
        Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
        Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
      },
    });
    device.context.on("requestfinished", (request) => late.add(request.url().split("/").at(-1) ?? ""));
    const page = await device.openTab();
    await createStyle(page, "before");
    await untilSaved(page);
    await page.evaluate(() => window.sync.create("styles", { name: "x".repeat(501) }).durable);
    await expect.poll(() => statusOf(page)).toMatchObject({ state: "needs-attention" });
    const needed = [
      "rebuild-base",
      "write-anew",
      "salvage-database",
      "attention-desk",
      "blob-keeper",
      "sha2",
    ];
    const isThere = (name: string) => [...late].some((file) => file.startsWith(name));
    await expect.poll(() => needed.filter((name) => !isThere(name)), { timeout: 10_000 }).toEqual([]);

    await device.context.route("**/*", (route) => route.abort());
    await createStyle(page, "waits");
    await page.evaluate(() => {
      const begin = Reflect.get(IDBDatabase.prototype, "transaction");
      const remove = Reflect.get(IDBFactory.prototype, "deleteDatabase");
      Reflect.set(IDBDatabase.prototype, "transaction", () => {
        throw new DOMException("Internal error.", "UnknownError");
      });
      Reflect.set(
        IDBFactory.prototype,
        "deleteDatabase",
        function deleteDatabase(this: IDBFactory, name: string) {
          Reflect.set(IDBDatabase.prototype, "transaction", begin);
          return remove.call(this, name);
        },
      );
    });
    await expect(createStyle(page, "not kept")).rejects.toThrow("Internal error");
    expect(await statusOf(page)).toMatchObject({ state: "not-saved", cause: "broken" });
    await page.evaluate(() => window.sync.rebuildStorage());
    await expect.poll(() => statusOf(page)).toMatchObject({ state: "needs-attention", waiting: 2 });
    await page.evaluate(async () => {
      for (const { n } of window.sync.attention()) await window.sync.discardAttention(n);
      await window.sync.putBlob(new Blob(["abc"]));
    });
    expect(await statusOf(page)).toMatchObject({ state: "on-device", waiting: 3 });

    await device.context.unroute("**/*");
    await page.evaluate(() => window.sync.nudge());
    await untilSaved(page);
    expect(await namesAt(stage.studio)).toEqual(["before", "not kept", "waits"]);
  });
});
