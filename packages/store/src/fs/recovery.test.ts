import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { commitSteps, edit, newJob, newStyle, shownState } from "../../testing/index.ts";
import { type DataFolder, dataFolder, findingCodes, flipped } from "../../testing/data-folder.ts";

let folder: DataFolder;
beforeEach(async () => {
  folder = await dataFolder();
});
afterEach(async () => folder.dispose());

const ONE_SEGMENT_EACH = { segmentBytes: 1 };

/** Jobs with a document and a `.backup`, and commits that only the journal holds. */
async function livedIn() {
  const store = await folder.open();
  await commitSteps(store, newJob("job-1"), newJob("job-2"), newStyle("style-1"));
  await store.checkpoint();
  await commitSteps(store, edit("jobs", "job-1", { status: "running" }), newJob("job-3"));
  await store.checkpoint();
  await commitSteps(store, edit("jobs", "job-2", { status: "failed" }), newJob("job-4"));
  await commitSteps(store, edit("jobs", "job-3", { progress: 0.5 }));
  return store;
}

describe("after a crash", () => {
  it("S50 has every acknowledged commit when no document was ever written", async () => {
    const store = await folder.open();
    await commitSteps(store, newJob("job-1"), newStyle("style-1"));
    await commitSteps(store, { op: "purge", collection: "styles", id: "style-1" });
    const crashed = await folder.crash();
    expect(await crashed.names()).not.toContain("jobs.json");
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.cursor()).toEqual(store.cursor());
    expect(after.lastNumber("jobs")).toBe(1);
    expect(after.health().findings).toEqual([]);
  });

  it("S50 replays the journal over the documents", async () => {
    const store = await livedIn();
    const after = await (await folder.crash()).open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.health().findings).toEqual([]);
  });

  it("S51 writes documents that people can read", async () => {
    const store = await livedIn();
    await store.checkpoint();
    const text = await folder.text("jobs.json");
    const value: unknown = JSON.parse(text);
    expect(value).toMatchObject({ version: 1, seq: 4, lastJobId: 4, jobs: { length: 4 } });
    expect(text.split("\n")[0]).toMatch(
      /^\{"version":1,"savedAt":"[^"]+","seq":4,"checksum":"[0-9a-f]{8}","lastJobId":4,$/,
    );
    expect(text.split("\n").filter((line) => line.startsWith('{"seq":'))).toHaveLength(4);
    expect(await folder.names()).toEqual(expect.arrayContaining(["jobs.json", "jobs.json.backup"]));
    expect((await folder.names()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("S59 writes documents by itself, a moment after the last change", async () => {
    const store = await folder.open({ checkpointQuietMs: 20 });
    await commitSteps(store, newJob("job-1"));
    await expect.poll(() => folder.names()).toContain("jobs.json");
    await commitSteps(store, newJob("job-2"));
    await expect.poll(() => folder.names()).toContain("jobs.json.backup");
    expect(JSON.parse(await folder.text("jobs.json"))).toMatchObject({ seq: 2, jobs: { length: 2 } });
  });

  it("S52 gives everything back when .backup is copied over a truncated document", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await truncate(crashed.file("jobs.json"), 40);
    await copyFile(crashed.file("jobs.json.backup"), crashed.file("jobs.json"));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.lastNumber("jobs")).toBe(4);
    expect(after.health().findings).toEqual([]);
  });

  it("S53 takes the .backup and the journal when a document is unreadable, and keeps the bad file", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await truncate(crashed.file("jobs.json"), 40);
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.damaged"]);
    expect((await crashed.names("quarantine")).join()).toContain("jobs.json");
    await after.checkpoint();
    expect(JSON.parse(await crashed.text("jobs.json"))).toMatchObject({ seq: 4 });
    expect(JSON.parse(await crashed.text("jobs.json.backup"))).toMatchObject({ seq: 1 });
  });

  it("S53 takes the whole journal when the .backup is unreadable too", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await crashed.write("jobs.json", "{}}");
    await crashed.write("jobs.json.backup", "");
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.damaged", "backup.damaged"]);
  });

  it("S53 takes a document whose bits rotted for damaged, not for edited", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    const at = (await crashed.text("jobs.json")).indexOf("queued");
    await crashed.rot("jobs.json", flipped(at));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.damaged"]);
  });

  it("S54 builds a deleted document anew", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await rm(crashed.file("jobs.json"));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual(["document.rebuilt"]);
    await after.checkpoint();
    expect(await crashed.names()).toContain("jobs.json");
  });

  it("S54 builds a document anew that was deleted with its .backup", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await rm(crashed.file("jobs.json"));
    await rm(crashed.file("jobs.json.backup"));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.health().findings).toMatchObject([{ code: "document.rebuilt", file: "jobs.json" }]);
  });

  it("S54 starts as usual when a .backup is missing", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await rm(crashed.file("jobs.json.backup"));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.health().findings).toEqual([]);
  });

  it("S55 never uses a number twice, even when its record and document are gone", async () => {
    const store = await livedIn();
    await commitSteps(store, { op: "purge", collection: "jobs", id: "job-4" });
    await store.checkpoint();
    const crashed = await folder.crash();
    await rm(crashed.file("jobs.json"));
    const after = await crashed.open();
    await commitSteps(after, newJob("job-5"));
    expect(after.get("jobs", "job-5")?.number).toBe(5);
    expect(after.get("jobs", "job-4")).toBeUndefined();
  });
});

describe("the journal", () => {
  it("S56 cuts a torn last line, keeps a copy and says so", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1"));
    const before = shownState(store);
    await commitSteps(store, newStyle("style-2"));
    const crashed = await folder.crash();
    const [segment = ""] = await crashed.names("journal");
    const text = await crashed.text(`journal/${segment}`);
    await crashed.write(`journal/${segment}`, text.slice(0, -10));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(before);
    expect(after.cursor().seq).toBe(1);
    expect(findingCodes(after)).toEqual(["journal.torn"]);
    expect(await crashed.names("quarantine")).toHaveLength(1);
    await commitSteps(after, newStyle("style-3"));
    await after.close();
    const again = await crashed.open();
    expect(again.count("styles")).toBe(2);
    expect(again.health().findings).toEqual([]);
  });

  it("S57 sets a damaged line in the middle aside, keeps what follows it, and takes a new epoch", async () => {
    const store = await folder.open();
    for (const id of ["style-1", "style-2", "style-3", "style-4"]) await commitSteps(store, newStyle(id));
    const crashed = await folder.crash();
    const [segment = ""] = await crashed.names("journal");
    const at = (await crashed.text(`journal/${segment}`)).indexOf("style-2");
    await crashed.rot(`journal/${segment}`, flipped(at));
    const after = await crashed.open();
    expect([...after.scan("styles")].map(({ id }) => id)).toEqual(["style-1", "style-3", "style-4"]);
    expect(findingCodes(after)).toEqual(["journal.damaged", "studio.new-epoch"]);
    expect(after.cursor().epoch).not.toBe(store.cursor().epoch);
    await commitSteps(after, newStyle("style-5"));
    expect(after.cursor().seq).toBe(5);
    await after.close();
    const again = await crashed.open();
    expect(again.cursor()).toEqual({ epoch: after.cursor().epoch, seq: 5 });
    expect(findingCodes(again)).toEqual(["journal.damaged"]);
    expect(await crashed.names("quarantine")).toHaveLength(1);
  });

  it("S57 loses nothing to a damaged line that the documents hold", async () => {
    const store = await folder.open();
    for (const id of ["style-1", "style-2", "style-3"]) await commitSteps(store, newStyle(id));
    await store.checkpoint();
    const crashed = await folder.crash();
    const segment = "000000000001.ndjson";
    await crashed.rot(`journal/${segment}`, flipped(60));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.cursor()).toEqual(store.cursor());
    expect(findingCodes(after)).toEqual(["journal.damaged"]);
  });

  it.each([0, 1, 2])(
    "S58 refuses to start when segment %i is missing, and changes nothing",
    async (missing) => {
      const store = await folder.open(ONE_SEGMENT_EACH);
      for (const id of ["style-1", "style-2", "style-3"]) await commitSteps(store, newStyle(id));
      await store.checkpoint();
      await commitSteps(store, newStyle("style-4"));
      const crashed = await folder.crash();
      const segments = (await crashed.names("journal")).filter((name) => name.endsWith(".ndjson"));
      expect(segments).toHaveLength(4);
      await rm(crashed.file(`journal/${segments[missing]}`));
      const before = await crashed.content();
      await expect(crashed.open()).rejects.toMatchObject({ code: "store.gap", status: 503 });
      expect(await crashed.content()).toEqual(before);
      const after = await crashed.open({ acceptLoss: true });
      expect(after.count("styles")).toBe(4);
      expect(after.cursor().epoch).not.toBe(store.cursor().epoch);
    },
  );

  it("S58 notices a missing last segment by the documents", async () => {
    const store = await folder.open(ONE_SEGMENT_EACH);
    for (const id of ["style-1", "style-2", "style-3"]) await commitSteps(store, newStyle(id));
    await store.close();
    await rm(folder.file("journal/000000000003.ndjson"));
    await expect(folder.open()).rejects.toMatchObject({ code: "store.gap" });
  });
});

describe("the folder", () => {
  it("S60 refuses a newer format and changes nothing", async () => {
    const store = await livedIn();
    await store.close();
    for (const [name, from, to] of [
      ["studio.json", '"version": 1', '"version": 2'],
      ["jobs.json", '"version":1', '"version":2'],
    ] as const) {
      const copy = await folder.crash();
      await copy.write(name, (await copy.text(name)).replace(from, to));
      const before = await copy.content();
      await expect(copy.open()).rejects.toMatchObject({ code: "store.version" });
      expect(await copy.content()).toEqual(before);
    }
  });

  it("S61 refuses a folder of which a part is not there", async () => {
    const store = await livedIn();
    await store.close();
    for (const name of ["studio.json", "journal"]) {
      const copy = await folder.crash();
      await rm(copy.file(name), { recursive: true });
      const before = await copy.content();
      await expect(copy.open()).rejects.toMatchObject({ code: "store.not-mounted" });
      expect(await copy.content()).toEqual(before);
    }
  });

  it("S61 refuses an empty folder that is known to have been in use", async () => {
    await expect(folder.open({ mustExist: true })).rejects.toMatchObject({ code: "store.not-mounted" });
    expect(await folder.content()).toEqual({});
  });

  it("S62 refuses a folder that another store holds, and names the holder", async () => {
    await folder.open();
    const refused = folder.open();
    await expect(refused).rejects.toMatchObject({ code: "store.locked" });
    await expect(refused).rejects.toThrow(`process ${process.pid} on `);
  });

  it("S62 is not locked out by the files of a process that died", async () => {
    const store = await folder.open();
    await store.close();
    await writeFile(folder.file("lock"), "");
    await folder.write("lock.json", '{"pid":1,"host":"elsewhere","since":"2020-01-01T00:00:00.000Z"}');
    const after = await folder.open();
    expect(after.health().state).toBe("ok");
  });

  it("S63 stops writing when its lock was taken away", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1"));
    await rm(folder.file("lock"));
    const other = await folder.open();
    await expect(commitSteps(store, newStyle("style-2"))).rejects.toMatchObject({ code: "store.lock-lost" });
    expect(store.health()).toMatchObject({ state: "read-only" });
    expect(store.get("styles", "style-2")).toBeUndefined();
    await commitSteps(other, newStyle("style-3"));
    await store.close();
    await commitSteps(other, newStyle("style-4"));
    expect([...other.scan("styles")].map(({ id }) => id)).toEqual(["style-1", "style-3", "style-4"]);
  });

  it("S63 sets aside what a process wrote after it had lost the folder", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1"));
    const before = await folder.crash();
    await commitSteps(store, newStyle("style-late"));
    const late = await folder.text("journal/000000000001.ndjson");
    const other = await before.open();
    await commitSteps(other, newStyle("style-2"));
    const expected = shownState(other);
    const after = await before.crash();
    await after.write("journal/000000000001.ndjson", late);
    const opened = await after.open();
    expect(shownState(opened)).toEqual(expected);
    expect(findingCodes(opened)).toEqual(["journal.stray"]);
    await opened.close();
    expect(findingCodes(await after.open())).toEqual([]);
  });

  it("S95 opens as well without the note of what is complete, and with a damaged one", async () => {
    const store = await livedIn();
    await store.close();
    const expected = shownState(store);
    const without = await folder.crash();
    await rm(without.file("journal/checkpoint.json"));
    expect(shownState(await without.open())).toEqual(expected);
    const damaged = await folder.crash();
    await damaged.rot("journal/checkpoint.json", flipped(20));
    const after = await damaged.open();
    expect(shownState(after)).toEqual(expected);
    expect(after.health().findings).toEqual([]);
  });

  it("S64 follows no link out of the folder", async () => {
    const store = await livedIn();
    await store.close();
    const outside = await dataFolder();
    try {
      await outside.write("jobs.json", await folder.text("jobs.json"));
      await rm(folder.file("jobs.json"));
      await symlink(outside.file("jobs.json"), folder.file("jobs.json"));
      const after = await folder.open();
      expect(findingCodes(after)).toEqual(["document.damaged"]);
      expect(after.count("jobs")).toBe(4);
      await after.close();
      await rm(folder.file("gallery"), { recursive: true });
      await symlink(outside.path, folder.file("gallery"));
      await expect(folder.open()).rejects.toMatchObject({ code: "store.unreadable" });
    } finally {
      await outside.dispose();
    }
  });

  it("S65 takes a new epoch when studio.json names none", async () => {
    const store = await livedIn();
    const { epoch } = store.cursor();
    await store.close();
    await folder.write("studio.json", '{"version":1}');
    const after = await folder.open();
    expect(after.cursor().epoch).not.toBe(epoch);
    expect(after.count("jobs")).toBe(4);
  });
});
