import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

async function twoEdits() {
  const { clock, openDevice } = setUp();
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
  return { clock, one, two, id };
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
