import { expect, test } from "vitest";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import type { Tabs } from "../ports.ts";
import { createLeasedTabs } from "./leased-tabs.ts";
import { createLockedTabs } from "./locked-tabs.ts";
import { systemClock } from "./system-clock.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Leads and says so, until it loses the lead. */
function reign(tabs: Tabs, name: string, log: string[]): () => Promise<void> {
  return tabs.lead(async (signal) => {
    log.push(`${name} leads`);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    log.push(`${name} stops`);
  });
}

test("Y80: one tab leads; when it leaves, the next in line does", async () => {
  const log: string[] = [];
  const name = `lock-${crypto.randomUUID()}`;
  const open = () => createLockedTabs({ name, locks: navigator.locks, clock: systemClock });
  const stopA = reign(open(), "a", log);
  await expect.poll(() => log).toEqual(["a leads"]);
  const stopB = reign(open(), "b", log);
  await sleep(20);
  expect(log).toEqual(["a leads"]);
  await stopA();
  await expect.poll(() => log).toEqual(["a leads", "a stops", "b leads"]);
  await stopB();
});

test("Y82: a leader that answers keeps the lead; one that does not loses it", async () => {
  const log: string[] = [];
  const name = `lock-${crypto.randomUUID()}`;
  // A frozen tab: it holds the lock and hears nothing.
  const held = Promise.withResolvers<void>();
  const frozen = navigator.locks.request(name, () => {
    held.resolve();
    return new Promise(() => undefined);
  });
  frozen.catch(() => log.push("frozen loses"));
  await held.promise;
  const b = createLockedTabs({ name, locks: navigator.locks, clock: systemClock });
  const stopB = reign(b, "b", log);
  b.challenge();
  await expect.poll(() => log.toSorted()).toEqual(["b leads", "frozen loses"]);
  // Its time passes when the answer has had enough of ours.
  const clock = createVirtualClock();
  const c = createLockedTabs({ name, locks: navigator.locks, clock });
  const stopC = reign(c, "c", log);
  c.challenge();
  await sleep(200);
  await clock.run(1000);
  await sleep(100);
  expect(log.toSorted()).toEqual(["b leads", "frozen loses"]);
  await stopB();
  await stopC();
});

test("hints reach the other tabs, not the sender", async () => {
  const name = `lock-${crypto.randomUUID()}`;
  const open = () => createLockedTabs({ name, locks: navigator.locks, clock: systemClock });
  const [a, b] = [open(), open()];
  const heard: string[] = [];
  a.listen(() => heard.push("a"));
  b.listen(({ type }) => heard.push(`b ${type}`));
  a.send({ type: "nudge" });
  await expect.poll(() => heard).toEqual(["b nudge"]);
  await a.lead(async () => undefined)();
  await b.lead(async () => undefined)();
});

test("Y83: without Web Locks a lease decides, and passes on when its holder is gone", async () => {
  const clock = createVirtualClock();
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const log: string[] = [];
  let dead = false;
  const mortal = {
    now: () => clock.now(),
    after: (ms: number, run: () => void) => clock.after(ms, () => (dead ? undefined : run())),
  };
  const a = createLeasedTabs({ name: "lease", tabId: "a", storage, clock: mortal });
  const b = createLeasedTabs({ name: "lease", tabId: "b", storage, clock });
  reign(a, "a", log);
  const stopB = reign(b, "b", log);
  await clock.run(10_000);
  expect(log).toEqual(["a leads"]);
  dead = true;
  await clock.run(3000);
  expect(log).toEqual(["a leads", "b leads"]);
  // A clock that jumps back does not make the lease last a year.
  clock.jump(-365 * 86_400_000);
  await clock.run(3000);
  await stopB();
  expect(log).toEqual(["a leads", "b leads", "b stops"]);
  expect(items.size).toBe(0);
});
