import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

test("Y29: many rows go into packs, and a later start reads the same", async () => {
  const { clock, studio, openDevice } = setUp({ upkeep: { everyMs: 1000, rowsAbove: 100, packFrom: 1000 } });
  for (let index = 0; index < 600; index += 1) studio.write("styles", `style-${index}`, { name: `${index}` });
  const device = openDevice("a");
  const { client, kill } = await device.openTab();
  await clock.run(2500);
  for (let index = 0; index < 300; index += 1)
    studio.write("styles", `style-${index}`, { name: `new ${index}` });
  studio.purge("styles/style-599");
  await clock.run(2500);
  expect([...(device.database.tables.get("base")?.keys() ?? [])]).toEqual(["styles/style-599"]);
  const seen = client.list("styles");
  expect(seen).toHaveLength(599);
  studio.write("styles", "style-7", { name: "newest" });
  await clock.run(500);
  kill();
  device.network.setDown(true);
  const again = await device.openTab();
  await again.client.whenWhole();
  expect(again.client.list("styles")).toHaveLength(599);
  expect(again.client.get("styles", "style-7")?.name).toBe("newest");
  expect(again.client.get("styles", "style-8")?.name).toBe("new 8");
});

test("Y29: packs whose records have moved on are joined", async () => {
  const { clock, studio, openDevice } = setUp({ upkeep: { everyMs: 1000, rowsAbove: 0, packFrom: 1000 } });
  const device = openDevice("a");
  const { client } = await device.openTab();
  await clock.run(500);
  for (let round = 0; round < 30; round += 1) {
    for (let index = 0; index < 10; index += 1)
      studio.write("styles", `style-${index}`, { name: `${round}` });
    await clock.run(1100);
  }
  expect(device.database.tables.get("packs")?.size).toBeLessThan(12);
  expect(new Set(client.list("styles").map(({ name }) => name))).toEqual(new Set(["29"]));
});

test("Y25: many changes at once are a pack on top, above rows of before", async () => {
  const { clock, studio, openDevice } = setUp();
  for (let index = 0; index < 600; index += 1) studio.write("styles", `style-${index}`, { name: `${index}` });
  const device = openDevice("a");
  const first = await device.openTab();
  await clock.run(2000);
  studio.write("styles", "style-3", { name: "a row" });
  await clock.run(1000);
  expect(device.database.tables.get("base")?.size).toBe(1);
  first.kill();
  for (let index = 0; index < 300; index += 1)
    studio.write("styles", `style-${index}`, { name: `new ${index}` });
  studio.purge("styles/style-0");
  const second = await device.openTab();
  await clock.run(2000);
  expect([...(device.database.tables.get("base")?.keys() ?? [])]).toEqual(["styles/style-0"]);
  expect(second.client.get("styles", "style-3")?.name).toBe("new 3");
  second.kill();
  device.network.setDown(true);
  const third = await device.openTab();
  await third.client.whenWhole();
  expect(third.client.get("styles", "style-3")?.name).toBe("new 3");
  expect(third.client.get("styles", "style-0")).toBeUndefined();
  expect(third.client.list("styles")).toHaveLength(599);
});
