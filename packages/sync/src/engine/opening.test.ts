import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";

test("Y81: what another tab writes while this one reads its first page is heard", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  device.network.setDown(true);
  const first = await device.openTab();
  await clock.run(1000);
  const opening = device.openTab({ slowly: true });
  const { id } = first.client.create("styles", { name: "Dusk" });
  await clock.run(100);
  const second = await opening;
  await clock.run(1);
  expect(second.client.get("styles", id)?.name).toBe("Dusk");
});
