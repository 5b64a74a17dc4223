import { copyFile, readFile, rm } from "node:fs/promises";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byClient, commitSteps, edit, newJob, newStyle, outcomes, shownState } from "../../testing/index.ts";
import { type DataFolder, dataFolder, findingCodes, flipped } from "../../testing/data-folder.ts";
import { decodeSegment } from "./journal-codec.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

const ALWAYS = { segmentBytes: 1, carryBytes: Number.NEGATIVE_INFINITY };
const CARRIED = "journal/000000000001.ndjson";

const push = [
  { ...newStyle("style-9"), n: 1 },
  { ...edit("styles", "nobody", { name: "x" }), n: 2 },
];

/** A quiet document with an old `.backup`, one without any, a busy one, a purge and a client; then a carried journal. */
async function livedIn() {
  const store = await folder.open(ALWAYS);
  await commitSteps(store, newStyle("style-1", "a"), newStyle("style-2"));
  await store.commit(byClient("client-0002", [{ ...newStyle("style-8"), n: 1 }]));
  await store.checkpoint();
  await commitSteps(store, edit("styles", "style-1", { name: "b" }));
  await commitSteps(store, { op: "purge", collection: "styles", id: "style-2" });
  await store.commit(byClient("client-0001", push));
  await commitSteps(store, { op: "create", collection: "boards", id: "board-1", set: { name: "B" } });
  for (let count = 1; count <= 5; count += 1) {
    await commitSteps(store, newJob(`job-${count}`));
    await store.checkpoint();
  }
  await commitSteps(store, { op: "purge", collection: "jobs", id: "job-5" });
  await store.checkpoint();
  await commitSteps(store, newJob("job-6"));
  return store;
}

async function expectSame(crashed: DataFolder, expected: Awaited<ReturnType<typeof livedIn>>) {
  const after = await crashed.open();
  expect(shownState(after)).toEqual(shownState(expected));
  expect(after.cursor()).toEqual(expected.cursor());
  expect(after.lastNumber("jobs")).toBe(6);
  expect(after.changesSince(0, 100)?.changes.filter(({ op }) => op === "purge")).toHaveLength(2);
  const resent = await after.commit(byClient("client-0001", push));
  expect(outcomes(resent.results)).toEqual(["duplicate", "record.missing"]);
  return after;
}

describe("the carried journal", () => {
  it("S80 keeps the journal short, and every commit in the history", async () => {
    const store = await livedIn();
    const segments = (await folder.names("journal")).filter((name) => name.endsWith(".ndjson"));
    expect(segments.length).toBeLessThanOrEqual(3);
    const lines = decodeSegment(CARRIED, await readFile(folder.file(CARRIED)));
    expect(lines.every(({ content }) => content !== undefined)).toBe(true);
    expect(lines.length).toBeLessThan(10);
    const history = await folder.names("history");
    const archived = await Promise.all(
      history.map(async (name) =>
        zstdDecompressSync(await readFile(folder.file(`history/${name}`))).toString(),
      ),
    );
    expect(archived.join("").match(/"seq":\d+,"durable"/g)).toHaveLength(
      store.cursor().seq - (segments.length - 1),
    );
    const after = await expectSame(await folder.crash(), store);
    expect(after.health().findings).toEqual([]);
  });

  it.each(["styles.json", "jobs.json", "clients.json", "tombstones.json"])(
    "S81 gives everything back when the .backup of %s is put in its place",
    async (name) => {
      const store = await livedIn();
      const crashed = await folder.crash();
      await copyFile(crashed.file(`${name}.backup`), crashed.file(name));
      const after = await expectSame(crashed, store);
      expect(after.health().state).toBe("ok");
    },
  );

  it("S81 gives everything back when a document that has no .backup is deleted or damaged", async () => {
    const store = await livedIn();
    const deleted = await folder.crash();
    expect(await deleted.names()).not.toContain("boards.json.backup");
    await rm(deleted.file("boards.json"));
    await expectSame(deleted, store);
    const damaged = await folder.crash();
    await damaged.write("boards.json", "{");
    await expectSame(damaged, store);
  });

  it("S82 keeps working when it was cut off half way", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    // Segments that the carried one replaced, as if the process had died before it removed them.
    await crashed.write("journal/000000000002.ndjson", "left over\n");
    await crashed.write(`${CARRIED}.tmp`, "half a segment");
    const after = await expectSame(crashed, store);
    expect(after.health().findings).toEqual([]);
    expect(await crashed.names("journal")).not.toContain("000000000002.ndjson");
  });

  it("S83 reports a flipped bit at any byte of it, and loses nothing that the documents hold", async () => {
    const store = await livedIn();
    await store.checkpoint();
    const bytes = await readFile(folder.file(CARRIED));
    for (let at = 0; at < bytes.length; at += 97) {
      const crashed = await folder.crash();
      await crashed.rot(CARRIED, flipped(at, at % 8));
      const after = await crashed.open();
      expect(shownState(after)).toEqual(shownState(store));
      expect(findingCodes(after)).toEqual(bytes[at] === 0x0a ? [] : ["journal.damaged"]);
      await after.close();
      await crashed.dispose();
    }
  });

  it("S33 lets the oldest tombstones go, however few versions another document has", async () => {
    const store = await folder.open(ALWAYS);
    await commitSteps(store, { op: "create", collection: "boards", id: "board-1", set: { name: "B" } });
    const ids = Array.from({ length: 10_003 }, (_, at) => `style-${at}`);
    const purged = (id: string) => ({ op: "purge" as const, collection: "styles" as const, id });
    await commitSteps(store, ...ids.map((id) => newStyle(id)));
    await commitSteps(store, ...ids.slice(0, 3).map(purged));
    await commitSteps(store, ...ids.slice(3).map(purged));
    expect(store.changesSince(0, 1)?.changes).toHaveLength(1);
    for (const name of ["a", "b"]) {
      await commitSteps(store, newStyle(`style-${name}`));
      await store.checkpoint();
    }
    expect(await folder.names()).not.toContain("boards.json.backup");
    expect(store.changesSince(0, 1)).toBeUndefined();
    expect(store.changesSince(3, 20_000)?.changes).toHaveLength(10_002);
  });

  it("S84 reads single records when a document and its .backup are damaged, and writes nothing", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    for (const name of ["jobs.json", "jobs.json.backup"]) {
      await crashed.write(name, (await crashed.text(name)).replace('"seq"', '"seq'));
    }
    const before = await crashed.content();
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.salvaged"]);
    expect(after.health().state).toBe("read-only");
    await expect(commitSteps(after, newStyle("style-3"))).rejects.toMatchObject({ code: "store.read-only" });
    await after.close();
    expect(await crashed.content()).toEqual(before);
    const accepted = await crashed.open({ acceptLoss: true });
    await commitSteps(accepted, newStyle("style-3"));
    expect(accepted.count("jobs")).toBe(5);
    await accepted.close();
    expect((await crashed.open()).health().findings).toEqual([]);
  });

  it("S84 refuses to start when a document and its .backup are gone that the journal alone cannot make up for", async () => {
    await livedIn();
    const crashed = await folder.crash();
    await rm(crashed.file("jobs.json"));
    await rm(crashed.file("jobs.json.backup"));
    await expect(crashed.open()).rejects.toMatchObject({ code: "store.gap" });
  });
});
