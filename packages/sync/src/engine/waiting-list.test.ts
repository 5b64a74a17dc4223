import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

test("Y92: what waits is listed with its fields and its age, and says how far it is", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  device.network.setDown(true);
  const { client } = await device.openTab();
  expect(client.waiting()).toEqual({ mutations: [], blobs: [] });
  const blob = await client.putBlob(new Blob(["picture"]));
  const { id, durable } = client.create("contents", { blob, origin: "upload" });
  expect(client.waiting().mutations).toMatchObject([{ id, op: "create", stage: "memory" }]);
  await durable;
  expect(client.waiting()).toEqual({
    mutations: [
      {
        n: 1,
        collection: "contents",
        id,
        op: "create",
        fields: ["blob", "origin"],
        since: "2026-01-01T00:00:00.000Z",
        stage: "disk",
      },
    ],
    blobs: [{ sha256: blob.sha256, sizeBytes: 7 }],
  });
  device.network.setDown(false);
  client.nudge();
  await clock.run(3000);
  expect(client.waiting()).toEqual({ mutations: [], blobs: [] });
});

test("Y92: the list keeps its identity until it changes, and who listens to the status hears of it", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  device.network.setDown(true);
  const [one, two] = [await device.openTab(), await device.openTab()];
  const first = one.client.create("styles", { name: "1" });
  await first.durable;
  await clock.run(1000);
  const before = two.client.waiting();
  expect(two.client.waiting()).toBe(before);
  expect(before.mutations).toMatchObject([{ id: first.id }]);
  const heard: number[] = [];
  two.client.subscribeStatus(() => heard.push(two.client.waiting().mutations.length));
  one.client.update("styles", first.id, { triggerWord: "dsk" });
  await clock.run(1000);
  expect(heard.at(-1)).toBe(2);
});

test("Y92: every tab says how many bytes of an upload have left the device, and none when it did not get through", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  const [one, two] = [await device.openTab(), await device.openTab()];
  await clock.run(1000);
  const heard: (number | undefined)[] = [];
  two.client.subscribeStatus(() => heard.push(two.client.waiting().blobs[0]?.sentBytes));
  const blob = await one.client.putBlob(new Blob(["picture"]));
  await clock.run(4);
  for (const { client } of [one, two]) {
    expect(client.waiting().blobs).toEqual([{ sha256: blob.sha256, sizeBytes: 7, sentBytes: 4 }]);
  }
  expect(heard).toContain(4);
  device.network.setDown(true);
  await clock.run(1000);
  expect(two.client.waiting().blobs).toEqual([{ sha256: blob.sha256, sizeBytes: 7 }]);
  device.network.setDown(false);
  two.client.nudge();
  await clock.run(3000);
  expect(two.client.waiting().blobs).toEqual([]);
});

test("Y33: a change that was refused is queued again as its owner corrected it", async () => {
  const { clock, studio, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  const { id } = client.create("styles", { name: "Dusk" });
  await clock.run(1000);
  client.update("styles", id, { name: "x".repeat(501), triggerWord: "dsk" });
  await clock.run(1000);
  const [item] = client.attention();
  expect(item).toMatchObject({ code: "record.invalid", path: "/name" });
  await client.editAttention(item?.n ?? 0, { name: "Dusk over the harbour" });
  await clock.run(1000);
  expect(client.attention()).toEqual([]);
  const stored = studio.records().get(`styles/${id}`);
  expect(stored?.["name"]).toBe("Dusk over the harbour");
  expect(stored?.["triggerWord"]).toBeUndefined();
});
