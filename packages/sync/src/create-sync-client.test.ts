import { expect, test } from "vitest";
import { setUp } from "../testing/set-up.ts";

test("Y1 Y90: a write is on screen at once, durable next, and on the server soon", async () => {
  const { clock, studio, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const { id, durable } = client.create("styles", { name: "Dusk" });
  expect(client.get("styles", id)?.name).toBe("Dusk");
  await durable;
  expect(client.status()).toEqual({ state: "saving", waiting: 1 });
  await clock.run(1000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("Dusk");
  expect(client.status().state).toBe("saved");
});

test("Y3: a new record starts with its collection's initial values", async () => {
  const { openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const { id } = client.create("jobs", { kind: "image", provider: "local", prompt: "a lighthouse" });
  expect(client.get("jobs", id)).toMatchObject({ status: "queued", progress: 0, charge: { state: "none" } });
});

test("Y4: lists keep their identity until their collection changes, newest first, the trash apart", async () => {
  const { clock, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const first = client.create("styles", { name: "1" });
  await clock.run(10);
  const second = client.create("styles", { name: "2" });
  const list = client.list("styles");
  expect(list.map(({ name }) => name)).toEqual(["2", "1"]);
  client.create("boards", { name: "b" });
  expect(client.list("styles")).toBe(list);
  client.delete("styles", second.id);
  expect(client.list("styles").map(({ name }) => name)).toEqual(["1"]);
  expect(client.trash("styles").map(({ name }) => name)).toEqual(["2"]);
  client.restore("styles", second.id);
  expect(client.trash("styles")).toEqual([]);
  expect(client.get("styles", first.id)?.name).toBe("1");
});

test("Y5: an update of what already is so is no write", async () => {
  const { openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const { id, durable } = client.create("styles", { name: "Dusk" });
  await durable;
  await client.update("styles", id, { name: "Dusk" }).durable;
  expect(client.status()).toMatchObject({ waiting: 1 });
});

test("Y6: subscribers hear of their collections alone", async () => {
  const { openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const heard: string[] = [];
  client.subscribe(() => heard.push("styles"), ["styles"]);
  const stop = client.subscribe(() => heard.push("any"));
  client.create("boards", { name: "b" });
  client.create("styles", { name: "s" });
  stop();
  client.create("styles", { name: "t" });
  expect(heard).toEqual(["any", "styles", "any", "styles"]);
});

test("Y7: what the caller does to its object afterwards changes nothing", async () => {
  const { openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const params = { steps: 4 };
  const { id } = client.create("jobs", { kind: "image", provider: "local", params });
  params.steps = 40;
  expect(client.get("jobs", id)?.params).toEqual({ steps: 4 });
});

test("Y91: offline says so with what waits; a server that stalls does not keep saying Saving", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  device.network.setDown(true);
  const { client } = await device.openTab();
  client.create("styles", { name: "Dusk" });
  await clock.run(3000);
  expect(client.status()).toEqual({ state: "on-device", waiting: 1, reason: "offline" });
  device.network.setDown(false);
  client.nudge();
  await clock.run(200);
  expect(client.status().state).toBe("saved");
});

test("Y91: the status says why the server takes nothing", async () => {
  const { clock, faults, openDevice } = setUp();
  const device = openDevice("a");
  const { client } = await device.openTab();
  await clock.run(1000);
  faults.push({ what: "push", fault: "signed-out" });
  client.create("styles", { name: "Dusk" });
  await clock.run(100);
  expect(client.status()).toMatchObject({ state: "on-device", reason: "signed-out" });
  await clock.run(2000);
  expect(client.status().state).toBe("saved");
});

test("Y35: nothing is pushed to a server of another version, and nothing is lost", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  device.network.setHello({ schema: 99 });
  const { client } = await device.openTab();
  await clock.run(1000);
  client.create("styles", { name: "Dusk" });
  await clock.run(5000);
  expect(client.status()).toEqual({ state: "on-device", waiting: 1, reason: "outdated" });
  expect(studio.records().size).toBe(0);
  device.network.setHello({ schema: 1 });
  await clock.run(5000);
  expect(client.status().state).toBe("saved");
});

test("Y95: what is on this device alone can be saved to a file", async () => {
  const { openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const { id } = client.create("styles", { name: "Dusk" });
  const file: unknown = JSON.parse(await client.exportOutbox());
  expect(file).toMatchObject({
    format: "safelight-outbox",
    waiting: [{ collection: "styles", id, op: "create" }],
  });
});
