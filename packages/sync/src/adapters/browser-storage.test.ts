import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { createSyncClient } from "../create-sync-client.ts";
import type { Storage } from "../ports.ts";
import { createFakeBrowser } from "../../testing/fake-tabs.ts";
import { createFakeStudio } from "../../testing/fake-studio.ts";
import { createFakeTransport } from "../../testing/fake-transport.ts";
import { openBrowserStorage } from "./browser-storage.ts";
import { systemClock } from "./system-clock.ts";

const NAME = "studio";

/** An engine over a storage, with no server in reach. */
function openClient(storage: Storage, clientId: string) {
  const clock = systemClock;
  const network = createFakeTransport({ studio: createFakeStudio(), clock });
  network.setDown(true);
  let uuids = 0;
  return createSyncClient({
    storage,
    transport: network,
    tabs: createFakeBrowser(clock).openTab(),
    clock,
    random: () => 0.5,
    newUuid: () => `${clientId}-${String((uuids += 1)).padStart(12, "0")}`,
    hashBlob: async (bytes) => (await bytes.text()).padEnd(64, "0"),
  });
}

function open(factory: IDBFactory, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(NAME, version);
    request.addEventListener("upgradeneeded", () => {
      const { result } = request;
      for (const name of ["base", "outbox"]) {
        if (!result.objectStoreNames.contains(name)) result.createObjectStore(name);
      }
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("not opened")));
  });
}

test("Y28: a database that is made anew while it is in use holds what it held, bytes included", async () => {
  const factory = new IDBFactory();
  const client = openClient(await openBrowserStorage({ name: NAME, factory }), "one");
  await client.open();
  const blob = await client.putBlob(new Blob(["picture"]));
  const { id, durable } = client.create("contents", { blob, origin: "upload" });
  await durable;
  await client.rebuildStorage();
  expect(client.get("contents", id)?.blob).toEqual(blob);
  await client.create("styles", { name: "after" }, { id: "style-after" }).durable;
  await client.close();

  const again = openClient(await openBrowserStorage({ name: NAME, factory }), "two");
  await again.open();
  // The picture's record lets the other pass until its bytes are up.
  expect(new Set(again.waiting().mutations.map((row) => row.id))).toEqual(new Set([id, "style-after"]));
  expect(await (await again.localBlob(blob.sha256))?.text()).toBe("picture");
  await again.close();
});

test("Y28: what can be read of a database that is broken goes into a file and into the new one", async () => {
  const factory = new IDBFactory();
  const broken = await open(factory, 2);
  const row = {
    n: 7,
    atMs: 0,
    sent: false,
    mutation: { collection: "styles", id: "style-old", op: "create", set: { name: "before" } },
  };
  broken.transaction("outbox", "readwrite").objectStore("outbox").put(row, 7);
  broken.close();

  const storage = await openBrowserStorage({ name: NAME, factory });
  const client = openClient(storage, "one");
  await expect(client.open()).rejects.toMatchObject({ name: "NotFoundError" });
  await storage.giveUp(new DOMException("no such table", "NotFoundError"));
  await client.open();
  expect(client.storageKind()).toBe("memory");
  expect(client.status()).toMatchObject({ state: "not-saved", cause: "broken" });
  expect(client.storageFault()).toMatchObject({ mendable: true });
  await client.create("styles", { name: "meanwhile" }, { id: "style-new" }).durable;
  expect(JSON.parse(await client.exportOutbox())).toMatchObject({
    waiting: [{ id: "style-new" }],
    rescued: { outbox: [row] },
  });

  await client.rebuildStorage();
  expect(client.storageKind()).toBe("disk");
  expect(client.storageFault()).toBeUndefined();
  expect(client.get("styles", "style-old")?.name).toBe("before");
  expect(client.get("styles", "style-new")?.name).toBe("meanwhile");
  expect(client.waiting().mutations).toHaveLength(2);
  await client.close();
});

test("Y28: a newer bundle's database is left alone", async () => {
  const factory = new IDBFactory();
  (await open(factory, 99)).close();
  const client = openClient(await openBrowserStorage({ name: NAME, factory }), "one");
  await client.open();
  expect(client.storageKind()).toBe("memory");
  expect(client.storageFault()).toMatchObject({ mendable: false });
  expect(client.status().state).toBe("saved");
  await client.close();
});
