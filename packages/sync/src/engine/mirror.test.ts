import { expect, test } from "vitest";
import type { DeviceTab } from "../../testing/open-device.ts";
import { setUp } from "../../testing/set-up.ts";

test("Y2: everything is there again after a reload with no network", async () => {
  const { clock, studio, openDevice } = setUp();
  for (let index = 0; index < 700; index += 1) studio.write("styles", `style-${index}`, { name: `${index}` });
  const device = openDevice("a");
  const { client, kill } = await device.openTab();
  await clock.run(2000);
  device.network.setDown(true);
  await client.update("styles", "style-5", { name: "offline" }).durable;
  kill();
  const again = await device.openTab();
  const shown = again.client.list("styles").length;
  expect(shown).toBeGreaterThanOrEqual(500);
  expect(again.client.isWhole()).toBe(shown === 700);
  await again.client.whenWhole();
  expect(again.client.isWhole()).toBe(true);
  expect(again.client.list("styles")).toHaveLength(700);
  expect(again.client.get("styles", "style-5")?.name).toBe("offline");
  expect(again.client.status()).toMatchObject({ waiting: 1 });
});

test("Y25: what changed after a snapshot stands above it at the next start, and a purged record stays gone", async () => {
  const { clock, studio, openDevice } = setUp();
  for (let index = 0; index < 1300; index += 1)
    studio.write("styles", `style-${index}`, { name: `${index}` });
  const device = openDevice("a");
  const { kill } = await device.openTab();
  await clock.run(2000);
  expect(device.database.tables.get("base")?.size).toBe(0);
  expect(device.database.tables.get("packs")?.size).toBe(4);
  studio.write("styles", "style-0", { name: "the oldest, changed" });
  studio.write("styles", "style-1299", { name: "the newest, changed" });
  studio.purge("styles/style-1");
  await clock.run(2000);
  kill();
  device.network.setDown(true);
  const { client } = await device.openTab();
  expect(client.get("styles", "style-0")?.name).toBe("the oldest, changed");
  expect(client.get("styles", "style-1299")?.name).toBe("the newest, changed");
  await client.whenWhole();
  expect(client.get("styles", "style-0")?.name).toBe("the oldest, changed");
  expect(client.get("styles", "style-1")).toBeUndefined();
  expect(client.list("styles")).toHaveLength(1299);
});

test("Y81: each tab sees the other's writes, and the one that follows takes over when the leader is killed", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const [one, two] = [await device.openTab(), await device.openTab()];
  const { id } = two.client.create("styles", { name: "by two" });
  await clock.run(1000);
  expect(one.client.get("styles", id)?.name).toBe("by two");
  expect(two.client.status().state).toBe("saved");
  one.kill();
  two.client.update("styles", id, { name: "after" });
  await clock.run(2000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("after");
});

test("Y81: what a follower wrote offline arrives at the next start", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const [one, two] = [await device.openTab(), await device.openTab()];
  device.network.setDown(true);
  await two.client.create("styles", { name: "offline" }, { id: "style-1" }).durable;
  one.kill();
  two.kill();
  device.network.setDown(false);
  await device.openTab();
  await clock.run(2000);
  expect(studio.records().get("styles/style-1")?.["name"]).toBe("offline");
});

test("Y13: a tab that is killed between any two transactions loses nothing durable", async () => {
  for (let killAt = 1; killAt <= 12; killAt += 1) {
    let commits = 0;
    let kill: () => void = () => undefined;
    const { clock, studio, openDevice } = setUp({
      beforeCommit: () => {
        commits += 1;
        if (commits === killAt) kill();
      },
    });
    const device = openDevice("a");
    const tab = await device.openTab();
    kill = () => tab.kill();
    const kept: string[] = [];
    for (const name of ["a", "b", "c"]) {
      const { durable } = tab.client.create("styles", { name });
      void durable.then(() => kept.push(name));
      await clock.run(30);
    }
    tab.kill();
    await device.openTab();
    await clock.run(10_000);
    const names = [...studio.records().values()].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(kept));
    expect(new Set(names).size).toBe(names.length);
  }
});

test("Y23: a database deleted under a running tab is written anew with what waits, and nothing is sent twice", async () => {
  const { clock, studio, faults, openDevice } = setUp();
  const device = openDevice("a");
  const { client } = await device.openTab();
  client.create("styles", { name: "one" });
  await clock.run(1000);
  faults.push({ what: "push", fault: "lose-answer" });
  const { id } = client.create("styles", { name: "two" });
  await clock.run(30);
  for (const rows of device.database.tables.values()) rows.clear();
  client.update("styles", id, { triggerWord: "dsk" });
  await clock.run(60_000);
  expect(studio.records().get(`styles/${id}`)).toMatchObject({ name: "two", triggerWord: "dsk" });
  expect(client.attention()).toEqual([]);
  expect(client.status().state).toBe("saved");
  expect(client.list("styles")).toHaveLength(2);
});

test.each([
  ["is looked at", (tab: DeviceTab) => tab.client.nudge()],
  ["gets the lead", (_tab: DeviceTab, leader: DeviceTab) => leader.kill()],
])("Y84: a tab that heard nothing while it was frozen knows everything once it %s", async (_, wake) => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const [leader, frozen] = [await device.openTab(), await device.openTab()];
  await clock.run(1000);
  frozen.setDeaf(true);
  const { id } = leader.client.create("styles", { name: "meanwhile" });
  await clock.run(1000);
  device.network.setDown(true);
  await leader.client.update("styles", id, { name: "waiting" }).durable;
  await clock.run(100);
  frozen.setDeaf(false);
  expect(frozen.client.list("styles")).toEqual([]);
  wake(frozen, leader);
  await clock.run(1500);
  expect(frozen.client.get("styles", id)?.name).toBe("waiting");
  expect(frozen.client.status()).toMatchObject({ waiting: 1 });
  device.network.setDown(false);
  await clock.run(30_000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("waiting");
});

test("Y84: what a tab wrote and did not tell before it was killed is sent all the same", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const [leader, killed] = [await device.openTab(), await device.openTab()];
  await clock.run(1000);
  leader.setDeaf(true);
  const { id, durable } = killed.client.create("styles", { name: "untold" });
  await durable;
  killed.kill();
  await clock.run(10);
  leader.setDeaf(false);
  await clock.run(7000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("untold");
  expect(leader.client.get("styles", id)?.name).toBe("untold");
});
