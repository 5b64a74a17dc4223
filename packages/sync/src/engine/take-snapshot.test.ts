import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

test("Y50: the first sync takes a snapshot; later ones only what changed", async () => {
  const { clock, studio, openDevice } = setUp();
  for (let index = 0; index < 250; index += 1) studio.write("styles", `style-${index}`, { name: `${index}` });
  const device = openDevice("a");
  const { client, kill } = await device.openTab();
  await clock.run(1000);
  expect(client.list("styles")).toHaveLength(250);
  kill();
  studio.write("styles", "style-3", { name: "three" });
  let snapshots = 0;
  const snapshot = device.network.snapshot.bind(device.network);
  device.network.snapshot = (...args) => {
    snapshots += 1;
    return snapshot(...args);
  };
  const again = await device.openTab();
  await clock.run(1000);
  expect(again.client.get("styles", "style-3")?.name).toBe("three");
  expect(snapshots).toBe(0);
});

test("Y52: a snapshot that is cut off resumes where it stopped, and misses nothing written meanwhile", async () => {
  let cuts = 3;
  const { clock, studio, openDevice } = setUp({
    cutSnapshot: () => {
      cuts -= 1;
      return cuts >= 0 ? 120 : undefined;
    },
  });
  for (let index = 0; index < 400; index += 1) studio.write("styles", `style-${index}`, { name: `${index}` });
  const asked: (number | undefined)[] = [];
  const device = openDevice("a");
  const snapshot = device.network.snapshot.bind(device.network);
  device.network.snapshot = (before, signal) => {
    asked.push(before);
    if (asked.length === 2) studio.write("styles", "style-0", { name: "moved" });
    return snapshot(before, signal);
  };
  const { client } = await device.openTab();
  await clock.run(30_000);
  expect(asked).toEqual([undefined, 282, 164, 46]);
  expect(client.list("styles")).toHaveLength(400);
  expect(client.get("styles", "style-0")?.name).toBe("moved");
});

test("Y54: a client that was away past the tombstones drops what was purged and keeps its outbox", async () => {
  const { clock, studio, openDevice } = setUp();
  studio.write("styles", "style-1", { name: "1" });
  studio.write("styles", "style-2", { name: "2" });
  const device = openDevice("a");
  const { client } = await device.openTab();
  await clock.run(1000);
  device.network.setDown(true);
  client.update("styles", "style-2", { name: "two" });
  studio.purge("styles/style-1");
  studio.forgetTombstones();
  await clock.run(1000);
  device.network.setDown(false);
  await clock.run(60_000);
  expect(client.list("styles").map(({ name }) => name)).toEqual(["two"]);
  expect(studio.records().get("styles/style-2")?.["name"]).toBe("two");
});

test("Y40 Y41: a studio restored to an earlier time gets again what it forgot, once", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const { client } = await device.openTab();
  const { id } = client.create("styles", { name: "one" });
  await clock.run(2000);
  const restore = studio.backup();
  client.update("styles", id, { name: "two" });
  await clock.run(2000);
  client.update("styles", id, { name: "three" });
  const later = client.create("styles", { name: "later" });
  await clock.run(2000);
  device.network.setDown(true);
  restore();
  client.update("styles", id, { triggerWord: "offline" });
  await clock.run(2000);
  device.network.setDown(false);
  await clock.run(60_000);
  expect(studio.records().get(`styles/${id}`)).toMatchObject({ name: "three", triggerWord: "offline" });
  expect(studio.records().get(`styles/${later.id}`)).toMatchObject({ name: "later", rev: 1 });
  expect(client.attention()).toEqual([]);
  expect(client.status().state).toBe("saved");
});
