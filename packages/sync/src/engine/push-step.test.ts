import { expect, test } from "vitest";
import { setUp } from "../../testing/set-up.ts";
import { TransportError } from "../transport-error.ts";

test("Y30: an answer lost after the commit leads to one effect", async () => {
  const { clock, studio, faults, openDevice } = setUp();
  const device = openDevice("a");
  const { client } = await device.openTab();
  faults.push({ what: "push", fault: "lose-answer" });
  const { id } = client.create("styles", { name: "Dusk" });
  await clock.run(5000);
  expect(device.network.pushes).toEqual([[1], [1]]);
  expect(studio.versionsOf(`styles/${id}`)).toHaveLength(1);
  expect(client.status().state).toBe("saved");
});

test("Y32: a refused mutation goes to the attention list and the rest goes on", async () => {
  const { clock, studio, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  client.create("styles", { name: "x".repeat(501) }, { id: "style-bad" });
  const { id } = client.create("styles", { name: "good" });
  await clock.run(2000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("good");
  expect(client.attention()).toMatchObject([{ n: 1, id: "style-bad", op: "create", code: "record.invalid" }]);
  expect(client.status()).toMatchObject({ state: "needs-attention", count: 1, waiting: 0 });
});

test("Y32: a refusal whose answer was lost is heard the next time", async () => {
  const { clock, faults, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  faults.push({ what: "push", fault: "lose-answer" });
  client.create("styles", { name: "x".repeat(501) }, { id: "style-bad" });
  await clock.run(3000);
  expect(client.attention()).toHaveLength(1);
});

test("Y33: retry queues it again under a new number, discard lets it go", async () => {
  const { clock, studio, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  client.update("styles", "style-later", { name: "early" });
  client.create("styles", { name: "x".repeat(501) });
  await clock.run(2000);
  const [early, long] = client.attention();
  studio.write("styles", "style-later", { name: "there" });
  await client.retryAttention(early?.n ?? 0);
  await client.discardAttention(long?.n ?? 0);
  await clock.run(2000);
  expect(client.attention()).toEqual([]);
  expect(client.get("styles", "style-later")?.name).toBe("early");
});

test("Y36: a batch refused as a whole is halved until the one at fault stands alone", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const push = device.network.push.bind(device.network);
  device.network.push = async (request, signal) => {
    if (request.mutations.some(({ set }) => set?.["name"] === "poison")) {
      throw new TransportError("refused", "No.", { code: "request.invalid", path: "/mutations/2" });
    }
    return push(request, signal);
  };
  const { client } = await device.openTab();
  for (const name of ["a", "b", "poison", "d", "e"]) client.create("styles", { name });
  await clock.run(5000);
  expect([...studio.records().values()].map(({ name }) => name)).toEqual(["a", "b", "d", "e"]);
  expect(client.attention()).toMatchObject([{ set: { name: "poison" }, code: "request.invalid" }]);
});

test.each(["unavailable", "signed-out", "bad-answer", "lose-request"] as const)(
  "Y31: %s during many queued writes discards nothing",
  async (fault) => {
    const { clock, studio, faults, openDevice } = setUp();
    const { client } = await openDevice("a").openTab();
    for (let round = 0; round < 3; round += 1) faults.push({ what: "push", fault });
    for (let count = 0; count < 500; count += 1) client.create("styles", { name: `${count}` });
    await clock.run(60_000);
    expect(studio.records().size).toBe(500);
    expect(client.attention()).toEqual([]);
    expect(client.status().state).toBe("saved");
  },
);

test("Y12: rapid edits of one field travel as few mutations, the last value last", async () => {
  const { clock, studio, openDevice } = setUp();
  const device = openDevice("a");
  const { client } = await device.openTab();
  const { id } = client.create("styles", { name: "" });
  await clock.run(2000);
  for (let key = 1; key <= 40; key += 1) {
    client.update("styles", id, { name: "x".repeat(key) });
    await clock.run(25);
  }
  await clock.run(2000);
  expect(studio.records().get(`styles/${id}`)?.["name"]).toBe("x".repeat(40));
  expect(device.network.pushes.length).toBeLessThan(7);
});

test("Y71: bytes go before the record that refers to them, and other records pass by", async () => {
  const { clock, studio, faults, openDevice } = setUp();
  const { client } = await openDevice("a").openTab();
  for (let round = 0; round < 4; round += 1) faults.push({ what: "blob", fault: "unavailable" });
  const blob = await client.putBlob(new Blob(["picture"], { type: "image/png" }), { name: "p.png" });
  const picture = client.create("contents", { blob, origin: "upload" });
  client.update("contents", picture.id, { title: "T" });
  const style = client.create("styles", { name: "Dusk" });
  await clock.run(1500);
  expect([...studio.records().keys()]).toEqual([`styles/${style.id}`]);
  expect(await (await client.localBlob(blob.sha256))?.text()).toBe("picture");
  await clock.run(60_000);
  expect(studio.records().get(`contents/${picture.id}`)?.["title"]).toBe("T");
  expect(studio.bytesMissed()).toEqual([]);
  expect(client.status().state).toBe("saved");
});

test("Y73: bytes that the server refuses bring their record to the attention list", async () => {
  const { clock, openDevice } = setUp();
  const device = openDevice("a");
  device.network.putBlob = async () => {
    throw new TransportError("refused", "Too large.", { code: "blob.too-large" });
  };
  const { client } = await device.openTab();
  const blob = await client.putBlob(new Blob(["film"]));
  client.create("contents", { blob, origin: "upload" });
  await clock.run(2000);
  expect(client.attention()).toMatchObject([{ code: "blob.too-large", message: "Too large." }]);
  expect(client.status()).toMatchObject({ state: "needs-attention", waiting: 0 });
});

test("Y14: two devices that edit different fields both keep theirs; the same field, the later arrival", async () => {
  const { clock, studio, openDevice } = setUp();
  const [a, b] = [openDevice("a"), openDevice("b")];
  studio.write("styles", "style-1", { name: "start" });
  const [one, two] = [(await a.openTab()).client, (await b.openTab()).client];
  await clock.run(1000);
  a.network.setDown(true);
  b.network.setDown(true);
  one.update("styles", "style-1", { name: "by one", triggerWord: "dsk" });
  two.update("styles", "style-1", { name: "by two", sortKey: "k" });
  await clock.run(1000);
  a.network.setDown(false);
  await clock.run(40_000);
  b.network.setDown(false);
  await clock.run(40_000);
  const merged = { name: "by two", triggerWord: "dsk", sortKey: "k" };
  expect(one.get("styles", "style-1")).toMatchObject(merged);
  expect(two.get("styles", "style-1")).toMatchObject(merged);
  expect(studio.versionsOf("styles/style-1").map(({ name }) => name)).toContain("by one");
});

test("Y40: an answer from before a restoration, which a frozen tab hears after it, acknowledges nothing", async () => {
  const { clock, studio, openDevice } = setUp({ delayMs: () => 50 });
  const device = openDevice("a");
  const first = await device.openTab();
  const { id } = first.client.create("styles", { name: "kept" });
  await clock.run(3000);
  const restore = studio.backup();
  const second = await device.openTab();
  await clock.run(1000);
  first.client.update("styles", id, { name: "on its way" });
  const nameThere = () => studio.records().get(`styles/${id}`)?.["name"];
  for (let step = 0; step < 500 && nameThere() !== "on its way"; step += 1) await clock.run(10);
  // The studio has it; the answer is half-way.
  first.freeze();
  restore();
  const meta = () => device.database.tables.get("meta")?.get("state") as { epoch?: string } | undefined;
  second.client.nudge();
  for (let step = 0; step < 1000 && meta()?.epoch !== "epoch-2"; step += 1) await clock.run(10);
  expect(meta()?.epoch).toBe("epoch-2");
  // The other tab sends it again; the old answer comes before that one's.
  first.thaw();
  await clock.run(5000);
  expect(nameThere()).toBe("on its way");
  expect(device.database.tables.get("outbox")?.size).toBe(0);
  expect([first.client.status().state, second.client.status().state]).toEqual(["saved", "saved"]);
});
