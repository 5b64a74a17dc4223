import { readFile, rm, utimes, writeFile } from "node:fs/promises";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitSteps, edit, newStyle } from "../../testing/index.ts";
import { type DataFolder, dataFolder, findingCodes } from "../../testing/data-folder.ts";
import type { FileStore } from "../index.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

/** Each commit has a segment of its own; each checkpoint puts the complete ones into the history. */
const ALWAYS = { segmentBytes: 1, carryBytes: Number.NEGATIVE_INFINITY, checkpointQuietMs: 60_000 };
const DAY_MS = 24 * 3600 * 1000;

const rename = (id: string, name: string) => edit("styles", id, { name });

/** `style-1` is renamed often, `style-2` stays as it was made, `style-3` is purged, `style-4` comes late. */
async function livedIn(options: Parameters<DataFolder["open"]>[0] = {}): Promise<FileStore> {
  const store = await folder.open({ ...ALWAYS, ...options });
  await commitSteps(store, newStyle("style-1", "1"), newStyle("style-2", "quiet"), newStyle("style-3"));
  for (let at = 2; at <= 4; at += 1) await commitSteps(store, rename("style-1", String(at)));
  await commitSteps(store, { op: "purge", collection: "styles", id: "style-3" });
  await store.checkpoint();
  await commitSteps(store, rename("style-1", "6"), newStyle("style-4"));
  await commitSteps(store, rename("style-2", "late"), rename("style-1", "7"));
  await store.checkpoint();
  await commitSteps(store, rename("style-1", "8"));
  return store;
}

async function namesOf(store: FileStore, id = "style-1"): Promise<readonly unknown[]> {
  const { versions } = await store.history.versions("styles", id);
  return versions.map(({ record }) => record?.["name"]);
}

async function stateAt(store: FileStore, seq: number): Promise<Readonly<Record<string, unknown>>> {
  const shown: Record<string, unknown> = {};
  for await (const { id, record } of store.history.stateAt({ seq })) shown[id] = record["name"];
  return shown;
}

async function rest(): Promise<readonly string[]> {
  return (await folder.names("history")).filter((name) => !name.startsWith("base-"));
}

describe("the past in files", () => {
  it("S100 reads archived segments and the journal's own as one, in the order of seq", async () => {
    const store = await livedIn();
    expect(await folder.names("history")).not.toEqual([]);
    expect(await namesOf(store)).toEqual(["8", "7", "6", "4", "3", "2", "1"]);
    const { versions } = await store.history.versions("styles", "style-1", { limit: 2, before: 7 });
    expect(versions.map(({ seq, by }) => `${seq} ${by}`)).toEqual(["6 server", "4 server"]);
    expect(await stateAt(store, 5)).toEqual({ "style-1": "4", "style-2": "quiet" });
    const after = await (await folder.crash()).open();
    expect(await namesOf(after)).toEqual(["8", "7", "6", "4", "3", "2", "1"]);
    expect(after.health().findings).toEqual([]);
  });

  it("S100 shows only what is durable", async () => {
    const store = await livedIn();
    const writing = commitSteps(store, rename("style-1", "9"));
    expect((await namesOf(store))[0]).toBe("8");
    await writing;
    expect((await namesOf(store))[0]).toBe("9");
  });

  it("S100 still has the present version when the history is gone, and says how far it reaches", async () => {
    const store = await livedIn();
    await rm(folder.file("history"), { recursive: true });
    expect(await namesOf(store)).toEqual(["8", "7"]);
    expect(await namesOf(store, "style-2")).toEqual(["late"]);
    expect((await store.history.oldest()).seq).toBe(6);
    await expect(stateAt(store, 3)).rejects.toMatchObject({ code: "history.out-of-reach" });
    const { skipped } = await store.history.rewind({ to: { seq: 6 }, by: "test" });
    expect(skipped.map(({ id, code }) => `${id} ${code}`).sort()).toEqual([
      "style-1 history.unknown",
      "style-2 history.unknown",
    ]);
  });

  it("S110 reads around a damaged line and says so, but does not go back by what is left", async () => {
    const store = await livedIn();
    const name = "history/000000000002-000000000002.ndjson.zst";
    const text = zstdDecompressSync(await readFile(folder.file(name))).toString();
    await writeFile(
      folder.file(name),
      zstdCompressSync(Buffer.from(text.replace('"name":"2"', '"name":"X"'))),
    );
    expect(await namesOf(store)).toEqual(["8", "7", "6", "4", "3", "1"]);
    expect(findingCodes(store)).toEqual(["history.damaged"]);
    await expect(store.history.rewind({ to: { seq: 2 }, by: "test" })).rejects.toMatchObject({
      code: "history.damaged",
    });
    expect(store.cursor().seq).toBe(8);
    await writeFile(folder.file(name), "no archive");
    expect(await namesOf(store)).toEqual(["8", "7", "6", "4", "3", "1"]);
  });

  it("S110 reaches back to a gap and not past it", async () => {
    const store = await livedIn();
    await rm(folder.file("history/000000000003-000000000003.ndjson.zst"));
    expect((await store.history.oldest()).seq).toBe(3);
    expect(await namesOf(store)).toEqual(["8", "7", "6", "4", "2", "1"]);
    await expect(stateAt(store, 2)).rejects.toMatchObject({ code: "history.out-of-reach" });
  });
});

describe("retention", () => {
  it("S111 removes the oldest segments beyond the size and keeps what they knew of the records", async () => {
    const store = await livedIn({ history: { maxBytes: 0 } });
    const before = await stateAt(store, 7);
    const report = await store.pruneHistory();
    expect(report.removedFiles + report.removedBytes).toBeGreaterThan(0);
    expect(await rest()).toEqual([]);
    const { seq } = await store.history.oldest();
    expect(seq).toBe(6);
    expect(await namesOf(store)).toEqual(["8", "7", "6"]);
    expect(await namesOf(store, "style-2")).toEqual(["late", "quiet"]);
    expect((await store.history.versions("styles", "style-3")).versions).toEqual([]);
    expect(await stateAt(store, 6)).toEqual({ "style-1": "6", "style-2": "quiet", "style-4": "style-4" });
    expect(await stateAt(store, 7)).toEqual(before);
    await expect(stateAt(store, 5)).rejects.toMatchObject({ code: "history.out-of-reach" });
    expect(await store.history.rewind({ to: { seq: 6 }, by: "test" })).toMatchObject({ changed: 2 });
    expect(store.get("styles", "style-2")?.name).toBe("quiet");
    expect(store.health().findings).toEqual([]);
  });

  it("S111 goes on from the base that it made before", async () => {
    const store = await livedIn({ history: { maxBytes: 0 } });
    await store.pruneHistory();
    await commitSteps(store, rename("style-4", "late"));
    await store.checkpoint();
    await commitSteps(store, rename("style-4", "later"));
    await store.checkpoint();
    await store.pruneHistory();
    expect((await folder.names("history")).length).toBe(1);
    const expected = { "style-1": "8", "style-2": "late", "style-4": "late" };
    expect(await stateAt(store, 9)).toEqual(expected);
    await expect(stateAt(store, 8)).rejects.toMatchObject({ code: "history.out-of-reach" });
    expect(await stateAt(await (await folder.crash()).open(), 9)).toEqual(expected);
  });

  it("S111 removes segments by their age, and none that are younger", async () => {
    let nowMs = Date.now();
    const store = await livedIn({ now: () => nowMs, history: { maxAgeMs: 30 * DAY_MS } });
    const files = await rest();
    await store.pruneHistory();
    expect(await rest()).toEqual(files);
    const aged = new Date(nowMs - 31 * DAY_MS);
    for (const name of files.slice(0, 2)) await utimes(folder.file(`history/${name}`), aged, aged);
    await store.pruneHistory();
    expect(await rest()).toEqual(files.slice(2));
    expect((await store.history.oldest()).seq).toBe(2);
    expect(await stateAt(store, 2)).toMatchObject({ "style-1": "2", "style-3": "style-3" });
    nowMs += 31 * DAY_MS;
    await store.pruneHistory();
    expect(await rest()).toEqual([]);
  });

  it("S112 takes nothing that recovery needs, and nothing while somebody reads", async () => {
    const store = await livedIn({ history: { maxBytes: 0 } });
    const journal = await folder.names("journal");
    const reading = store.history.stateAt({ seq: 6 })[Symbol.asyncIterator]();
    await reading.next();
    expect(await store.pruneHistory()).toEqual({ removedFiles: 0, removedBytes: 0 });
    await reading.return?.();
    expect((await store.pruneHistory()).removedFiles).toBeGreaterThan(0);
    expect(await folder.names("journal")).toEqual(journal);
  });

  it("S112 finishes what was cut off between writing a base and removing what it stands for", async () => {
    const store = await livedIn({ history: { maxBytes: 0 } });
    const [oldest = ""] = await rest();
    const bytes = await readFile(folder.file(`history/${oldest}`));
    await store.pruneHistory();
    const expected = await stateAt(store, 6);
    await writeFile(folder.file(`history/${oldest}`), bytes);
    await folder.write("history/base-000000000099.ndjson.zst.tmp", "half a base");
    expect(await stateAt(store, 6)).toEqual(expected);
    expect((await store.history.oldest()).seq).toBe(6);
    await store.pruneHistory();
    expect(await rest()).toEqual([]);
  });
});
