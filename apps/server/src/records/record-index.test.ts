import { createMemoryStore, type Store } from "@safelight/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRecordIndex } from "./record-index.ts";

let store: Store;

beforeEach(() => {
  store = createMemoryStore();
});
afterEach(() => store.close());

type Steps = Parameters<Store["commit"]>[0]["steps"];
const commit = (steps: Steps) => store.commit({ by: "test", actor: "server", atomicity: "all", steps });
const board = (id: string, name: string) => ({
  collection: "boards" as const,
  id,
  op: "create" as const,
  set: { name },
});

const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

it("follows creates, changes of the key, deletes, restores and purges", async () => {
  await commit([board("a", "sea")]);
  const index = createRecordIndex(store, "boards", (record) =>
    record.deletedAt === undefined ? record.name : undefined,
  );
  expect(idsOf(index.find("sea"))).toEqual(["a"]);
  await commit([board("b", "sea"), { collection: "styles", id: "s", op: "create", set: { name: "sea" } }]);
  expect(idsOf(index.find("sea"))).toEqual(["a", "b"]);
  await commit([{ collection: "boards", id: "a", op: "update", set: { name: "sky" } }]);
  expect(idsOf(index.find("sea"))).toEqual(["b"]);
  expect(index.find("sky")).toEqual([store.get("boards", "a")]);
  await commit([{ collection: "boards", id: "b", op: "delete" }]);
  expect(index.find("sea")).toEqual([]);
  await commit([{ collection: "boards", id: "b", op: "restore" }]);
  expect(idsOf(index.find("sea"))).toEqual(["b"]);
  await commit([{ collection: "boards", id: "b", op: "purge" }]);
  expect(index.find("sea")).toEqual([]);
  expect(index.find("none")).toEqual([]);
});

it("answers with the records as they are, even where the key did not change", async () => {
  await commit([board("a", "sea")]);
  const index = createRecordIndex(store, "boards", ({ name }) => name);
  index.find("sea");
  await commit([{ collection: "boards", id: "a", op: "update", set: { sortKey: "V" } }]);
  expect(index.find("sea")).toMatchObject([{ sortKey: "V", rev: 2 }]);
});

it("is right after more changes than it takes in at a time", async () => {
  const index = createRecordIndex(store, "boards", ({ name }) => name);
  expect(index.find("sea")).toEqual([]);
  for (let from = 0; from < 12_000; from += 3000) {
    await commit(
      Array.from({ length: 3000 }, (_, offset) => board(`b${from + offset}`, `sea ${(from + offset) % 3}`)),
    );
  }
  expect(index.find("sea 1")).toHaveLength(4000);
});

it("starts anew when the studio goes back to an earlier time", async () => {
  await commit([board("a", "sea"), board("b", "sea")]);
  const earlier = createMemoryStore();
  await earlier.commit({ by: "test", actor: "server", atomicity: "all", steps: [board("c", "sea")] });
  let current = store;
  const switching = new Proxy(store, { get: (_target, name) => Reflect.get(current, name) as unknown });
  const index = createRecordIndex(switching, "boards", ({ name }) => name);
  expect(idsOf(index.find("sea"))).toEqual(["a", "b"]);
  current = earlier;
  expect(idsOf(index.find("sea"))).toEqual(["c"]);
  await earlier.close();
});
