import { expect, test } from "vitest";
import { createFakeStudio } from "../testing/fake-studio.ts";
import { createDevice } from "../testing/open-device.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";

function setUp() {
  const clock = createVirtualClock();
  const studio = createFakeStudio();
  const device = createDevice({ clock, studio, name: "aaaaaaaa" });
  return { clock, studio, device };
}

test("a write is on screen at once, durable next, and on the server soon", async () => {
  const { clock, studio, device } = setUp();
  const { client } = await device.openTab();
  const { id, durable } = client.create("styles", { name: "Dusk" });
  expect(client.get("styles", id)?.name).toBe("Dusk");
  await durable;
  expect(client.status().state).toBe("saving");
  await clock.run(1000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("Dusk");
  expect(client.status()).toMatchObject({ state: "saved" });
  await client.close();
});
