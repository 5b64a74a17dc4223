import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";
import type { RecordEvent } from "../sync-client.ts";

test("Y9: who edits a record hears which fields changed elsewhere, and that it was not this tab", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const [one, two] = [await device.openTab(), await device.openTab()];
  const { id } = one.client.create("styles", { name: "Dusk" });
  await clock.run(1000);
  const heard: Pick<RecordEvent, "origin" | "fields">[] = [];
  const stop = one.client.subscribeRecord("styles", id, ({ origin, fields }) =>
    heard.push({ origin, fields }),
  );
  one.client.update("styles", id, { name: "typed here" });
  // The acknowledgement changes the time alone: nothing to tell.
  await clock.run(1000);
  two.client.update("styles", id, { triggerWord: "in the other tab" });
  await clock.run(1000);
  studio.write("styles", id, { name: "on another device", triggerWord: "too" });
  await clock.run(1000);
  one.client.delete("styles", id);
  stop();
  two.client.restore("styles", id);
  await clock.run(1000);
  expect(heard).toEqual([
    { origin: "local", fields: ["name"] },
    { origin: "remote", fields: ["triggerWord"] },
    { origin: "remote", fields: ["name", "triggerWord"] },
    { origin: "local", fields: ["deletedAt"] },
  ]);
});
