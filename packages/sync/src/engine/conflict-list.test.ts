import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

async function twoEdits() {
  const { clock, studio, openDevice } = setUp();
  const [a, b] = [openDevice("a"), openDevice("b")];
  const [one, two] = [await a.openTab(), await b.openTab()];
  const { id } = one.client.create("styles", { name: "Dusk", triggerWord: "dsk" });
  await clock.run(1000);
  a.network.setDown(true);
  one.client.update("styles", id, { name: "Dusk by one" });
  two.client.update("styles", id, { name: "Dusk by two" });
  await clock.run(1000);
  a.network.setDown(false);
  one.client.nudge();
  await clock.run(3000);
  return { clock, studio, openDevice, one, two, id };
}

test("Y15: both devices hear which value lost, and an edit of the field decides it on both", async () => {
  const { clock, one, two, id } = await twoEdits();
  for (const { client } of [one, two]) {
    expect(client.get("styles", id)?.name).toBe("Dusk by one");
    expect(client.conflicts()).toMatchObject([{ collection: "styles", id, lost: { name: "Dusk by two" } }]);
    expect(client.conflicts()).toBe(client.conflicts());
  }
  one.client.update("styles", id, { triggerWord: "another field" });
  await clock.run(1000);
  expect(two.client.conflicts()).toHaveLength(1);
  two.client.update("styles", id, two.client.conflicts()[0]?.lost ?? {});
  await clock.run(1000);
  expect(one.client.get("styles", id)?.name).toBe("Dusk by two");
  expect([...one.client.conflicts(), ...two.client.conflicts()]).toEqual([]);
});

test("Y15: a device that was away hears of a conflict though the record has changed again since, and once", async () => {
  const { clock, studio, openDevice, one, two, id } = await twoEdits();
  const away = openDevice("c");
  const third = await away.openTab();
  await clock.run(1000);
  // What it held before is no news; what comes while it is away is.
  await third.client.dismissConflict("styles", id);
  away.network.setDown(true);
  one.client.update("styles", id, { sortKey: "1" });
  await clock.run(1000);
  const { conflict, other } = await anotherConflict();
  away.network.setDown(false);
  third.client.nudge();
  await clock.run(3000);
  expect(third.client.conflicts()).toMatchObject([{ id: other, ...conflict }]);

  await third.client.dismissConflict("styles", other);
  two.client.update("styles", other, { sortKey: "2" });
  await clock.run(1000);
  expect(third.client.conflicts()).toEqual([]);
  // A snapshot is not news of it either.
  away.network.setDown(true);
  await clock.run(100);
  two.client.update("styles", other, { sortKey: "3" });
  await clock.run(1000);
  studio.forgetTombstones();
  away.network.setDown(false);
  third.client.nudge();
  await clock.run(10_000);
  expect(third.client.get("styles", other)?.sortKey).toBe("3");
  expect(third.client.conflicts()).toEqual([]);

  async function anotherConflict() {
    const { id: fresh } = one.client.create("styles", { name: "both" });
    await clock.run(1000);
    for (const [tab, name] of [
      [one, "first"],
      [two, "second"],
    ] as const) {
      tab.client.update("styles", fresh, { name });
    }
    await clock.run(1000);
    const lost = one.client.conflicts().find((each) => each.id === fresh);
    one.client.update("styles", fresh, { triggerWord: "since" });
    await clock.run(1000);
    return { conflict: { lost: lost?.lost }, other: fresh };
  }
});

test("Y15: a device that is new hears of what nobody has decided", async () => {
  const { clock, openDevice, one, id } = await twoEdits();
  one.client.update("styles", id, { sortKey: "1" });
  await clock.run(1000);
  const { client } = await openDevice("c").openTab();
  await clock.run(3000);
  expect(client.conflicts()).toMatchObject([{ collection: "styles", id, lost: { name: "Dusk by two" } }]);
});

test("Y15: a conflict can be let go, and the listeners of the status hear of it", async () => {
  const { clock, one, two, id } = await twoEdits();
  let heard = 0;
  one.client.subscribeStatus(() => (heard += 1));
  await one.client.dismissConflict("styles", id);
  expect(heard).toBe(1);
  expect(one.client.conflicts()).toEqual([]);
  await clock.run(1000);
  expect(two.client.conflicts()).toHaveLength(1);
});

test("Y15: an edit of a record that lay in the trash is marked until it is restored", async () => {
  const { clock, openDevice } = setUp();
  const [a, b] = [openDevice("a"), openDevice("b")];
  const [one, two] = [await a.openTab(), await b.openTab()];
  const { id } = one.client.create("styles", { name: "Dusk" });
  await clock.run(1000);
  a.network.setDown(true);
  one.client.update("styles", id, { name: "edited" });
  two.client.delete("styles", id);
  await clock.run(1000);
  a.network.setDown(false);
  one.client.nudge();
  await clock.run(3000);
  expect(two.client.trash("styles")).toMatchObject([{ id, name: "edited" }]);
  expect(two.client.conflicts()).toMatchObject([{ id, lost: {} }]);
  two.client.restore("styles", id);
  await clock.run(1000);
  expect(one.client.get("styles", id)?.name).toBe("edited");
  expect(one.client.conflicts()).toEqual([]);
});
