import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

test("Y22: a full disk rejects `durable`, says Not saved, keeps the change on screen and goes on trying", async () => {
  let full = false;
  const { clock, studio, openDevice } = setUp({
    beforeCommit: () => {
      if (full) throw new DOMException("full", "QuotaExceededError");
    },
  });
  const { client } = await openDevice("a").openTab();
  await clock.run(1000);
  full = true;
  const { id, durable } = client.create("styles", { name: "Dusk" });
  await expect(durable).rejects.toThrow("full");
  expect(client.status()).toMatchObject({ state: "not-saved" });
  expect(client.get("styles", id)?.name).toBe("Dusk");
  full = false;
  await clock.run(5000);
  expect(client.status().state).toBe("saved");
  expect(studio.records().has(`styles/${id}`)).toBe(true);
});

test("Y21: room is made by letting go of bytes that the server has", async () => {
  let failures = 0;
  const { clock, openDevice } = setUp({
    beforeCommit: () => {
      if (failures > 0) {
        failures -= 1;
        throw new DOMException("full", "QuotaExceededError");
      }
    },
  });
  const { client } = await openDevice("a").openTab();
  const blob = await client.putBlob(new Blob(["picture"]));
  await clock.run(1000);
  expect(await client.localBlob(blob.sha256)).toBeDefined();
  failures = 1;
  await client.create("styles", { name: "Dusk" }).durable;
  expect(await client.localBlob(blob.sha256)).toBeUndefined();
});

test("Y21: room is made on a disk that takes nothing but deletions", async () => {
  let room = Number.POSITIVE_INFINITY;
  const { clock, openDevice } = setUp({
    beforeCommit: (grows) => {
      if (!grows) room += 1;
      else if (room < 1) throw new DOMException("full", "QuotaExceededError");
    },
  });
  const { client } = await openDevice("a").openTab();
  const blob = await client.putBlob(new Blob(["picture"]));
  await clock.run(1000);
  room = 0;
  await client.putBlob(new Blob(["another picture"]));
  expect(await client.localBlob(blob.sha256)).toBeUndefined();
});

test("Y11: tabs of one database never give a number twice", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  const tabs = [await device.openTab(), await device.openTab(), await device.openTab()];
  for (let round = 0; round < 30; round += 1) tabs[round % 3]?.client.create("styles", { name: `${round}` });
  await clock.run(5000);
  const numbers = device.network.pushes.flat();
  expect(numbers.toSorted((left, right) => left - right)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
});

test("Y13: the same value again is durable no sooner than the first", async () => {
  let full = false;
  const { clock, openDevice } = setUp({
    beforeCommit: () => {
      if (full) throw new DOMException("full", "QuotaExceededError");
    },
  });
  const { client } = await openDevice("a").openTab();
  const { id } = client.create("styles", { name: "Dusk" });
  await clock.run(1000);
  full = true;
  const first = client.update("styles", id, { name: "Dawn" });
  const again = client.update("styles", id, { name: "Dawn" });
  await expect(first.durable).rejects.toThrow("full");
  await expect(again.durable).rejects.toThrow("full");
  full = false;
  await clock.run(5000);
  await expect(client.update("styles", id, { name: "Dawn" }).durable).resolves.toBeUndefined();
});

test("Y13: a write in any turn after another is kept, that in which nothing was left to write too", async () => {
  const { clock, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  await clock.run(1000);
  for (let turns = 0; turns < 40; turns += 1) {
    const { id, durable } = client.create("styles", { name: "first" });
    await durable;
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    let isKept = false;
    client.update("styles", id, { name: "second" }).durable.then(
      () => (isKept = true),
      () => undefined,
    );
    await clock.run(5000);
    expect(isKept, `${turns} turns after`).toBe(true);
  }
});
