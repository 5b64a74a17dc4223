import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSyncState } from "../core/sync-state.ts";
import type { BaseRow, Storage } from "../ports.ts";
import { openIdbStorage } from "./idb-storage.ts";
import { createMemoryStorage } from "./memory-storage.ts";

beforeAll(() => void vi.stubGlobal("IDBKeyRange", IDBKeyRange));
afterAll(() => void vi.unstubAllGlobals());

const backends: [string, () => Promise<Storage>][] = [
  ["IndexedDB", () => openIdbStorage({ name: "test", factory: new IDBFactory() })],
  ["memory", async () => createMemoryStorage()],
];

function baseRow(id: string, seq: number): BaseRow {
  const at = "2026-01-01T00:00:00.000Z";
  const record = { id, rev: 1, createdAt: at, updatedAt: at };
  return { collection: "styles", id, order: -seq, generation: 1, record };
}

test.each(backends)(
  "%s: Y20: one transaction spans base, outbox and state, whole or not at all",
  async (_, open) => {
    const storage = await open();
    const state = newSyncState("client-1");
    const failing = storage.transact("write", ["base", "meta"], async (tables) => {
      tables.base.put("styles/a", baseRow("a", 1));
      tables.meta.put("state", state);
      throw new Error("crash");
    });
    await expect(failing).rejects.toThrow("crash");
    const kept = await storage.transact("read", ["base", "meta"], async (tables) => [
      await tables.base.has("styles/a"),
      await tables.meta.get("state"),
    ]);
    expect(kept).toEqual([false, undefined]);
    await storage.close();
  },
);

test.each(backends)("%s: pages come in key order, from a key or after it", async (_, open) => {
  const storage = await open();
  await storage.transact("write", ["base"], async ({ base }) => {
    for (const id of ["c", "a", "d", "b"]) base.put(id, baseRow(id, 1));
    base.delete("d");
  });
  const keys = await storage.transact("read", ["base"], async ({ base }) => [
    (await base.page()).map(([key]) => key),
    (await base.page({ from: "b" })).map(([key]) => key),
    (await base.page({ after: "a", limit: 1 })).map(([key]) => key),
  ]);
  expect(keys).toEqual([["a", "b", "c"], ["b", "c"], ["b"]]);
  await storage.close();
});

test.each(backends)("%s: the newest records are those of the highest seq", async (_, open) => {
  const storage = await open();
  await storage.transact("write", ["base"], async ({ base }) => {
    base.put("styles/old", baseRow("old", 1));
    base.put("styles/new", baseRow("new", 30));
    base.put("styles/mid", baseRow("mid", 20));
  });
  const newest = await storage.transact("read", ["base"], (tables) => tables.newest(2));
  expect(newest.map(({ id }) => id)).toEqual(["new", "mid"]);
  await storage.close();
});

test.each(backends)("%s: writes exclude each other: no number is given twice", async (_, open) => {
  const storage = await open();
  await storage.transact("write", ["meta"], async ({ meta }) => meta.put("state", newSyncState("c")));
  const take = () =>
    storage.transact("write", ["meta"], async ({ meta }) => {
      const state = await meta.get("state");
      if (state === undefined) throw new Error("no state");
      meta.put("state", { ...state, nextN: state.nextN + 1 });
      return state.nextN;
    });
  const given = await Promise.all(Array.from({ length: 20 }, take));
  expect(new Set(given).size).toBe(20);
  await storage.close();
});

test("blobs are kept as blobs", async () => {
  const storage = await openIdbStorage({ name: "test", factory: new IDBFactory() });
  await storage.transact("write", ["blobs"], async ({ blobs }) =>
    blobs.put("ab", { bytes: new Blob(["hello"]) }),
  );
  const row = await storage.transact("read", ["blobs"], ({ blobs }) => blobs.get("ab"));
  expect(await row?.bytes.text()).toBe("hello");
  await storage.close();
});

test("Y23: a connection that was closed from outside is opened again", async () => {
  const factory = new IDBFactory();
  const storage = await openIdbStorage({ name: "test", factory });
  await storage.transact("write", ["meta"], async ({ meta }) => meta.put("state", newSyncState("c")));
  await new Promise<void>((resolve, reject) => {
    const request = factory.deleteDatabase("test");
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => reject(new Error("not deleted")));
  });
  const state = await storage.transact("read", ["meta"], ({ meta }) => meta.get("state"));
  expect(state).toBeUndefined();
  await storage.close();
});

test("Y26: a database of the first layout keeps what waits and fetches the base anew", async () => {
  const factory = new IDBFactory();
  const state = { ...newSyncState("client-1"), nextN: 8, cursor: "epoch:5" };
  await new Promise<void>((resolve) => {
    const request = factory.open("test", 1);
    request.addEventListener("upgradeneeded", () => {
      for (const name of ["base", "outbox", "attention", "acked", "meta", "blobs", "uploads"]) {
        request.result.createObjectStore(name);
      }
    });
    request.addEventListener("success", () => {
      const transaction = request.result.transaction(["base", "outbox", "meta"], "readwrite");
      transaction.objectStore("base").put({ old: true }, "styles/a");
      transaction.objectStore("outbox").put({ n: 7 }, 7);
      transaction.objectStore("meta").put(state, "state");
      transaction.addEventListener("complete", () => {
        request.result.close();
        resolve();
      });
    });
  });
  const storage = await openIdbStorage({ name: "test", factory });
  const found = await storage.transact("read", ["base", "outbox", "meta"], async (tables) => [
    await tables.base.keys(),
    await tables.outbox.keys(),
    await tables.meta.get("state"),
  ]);
  const { cursor: _, ...kept } = state;
  expect(found).toEqual([[], [7], kept]);
  await storage.close();
});
