import { readFile, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chunksOf, commitSteps, edit, newJob, newStyle, shownState } from "../contract/contract-store.ts";
import { PAGE_BYTES } from "../crash-disk/disk-step.ts";
import { type DataFolder, dataFolder, findingCodes } from "../data-folder.ts";

const SEGMENT = "journal/000000000001.ndjson";

describe("faults of what is on the disk", () => {
  let folder: DataFolder;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => folder.dispose());

  it.each([0, 1, 2])(
    "6 page %i of a batch lost, the next ones there: a tail that nobody was told of",
    async (page) => {
      const store = await folder.open();
      await commitSteps(store, newStyle("style-1"));
      const before = shownState(store);
      const start = Buffer.byteLength(await folder.text(SEGMENT));
      const prompt = "p".repeat(3000);
      await Promise.all(
        Array.from({ length: 6 }, (_, at) => commitSteps(store, newJob(`job-${at}`, { prompt }))),
      );
      const crashed = await folder.crash();
      await crashed.rot(SEGMENT, (bytes) => {
        const from = Math.max(start, (Math.floor(start / PAGE_BYTES) + page) * PAGE_BYTES);
        const to = Math.ceil((from + 1) / PAGE_BYTES) * PAGE_BYTES;
        return Buffer.from(bytes).fill(0, from, to);
      });
      const after = await crashed.open();
      const kept = after.cursor().seq;
      expect(kept).toBeGreaterThanOrEqual(1);
      expect(kept).toBeLessThan(7);
      expect(after.count("jobs")).toBe(kept - 1);
      if (page === 0) expect(shownState(after)).toEqual(before);
      expect(findingCodes(after)).toEqual(["journal.torn"]);
      const copies = await crashed.names("quarantine");
      const sizes = copies.map(async (name) => (await readFile(crashed.file(`quarantine/${name}`))).length);
      expect(Math.max(...(await Promise.all(sizes)))).toBeGreaterThan(PAGE_BYTES);
      expect((await commitSteps(after, newStyle("style-2"))).seq).toBe(kept + 1);
    },
  );

  it("15 a clock that goes back changes no order", async () => {
    let nowMs = Date.parse("2026-06-01T00:00:00.000Z");
    const now = () => (nowMs -= 3_600_000);
    const store = await folder.open({ now });
    await commitSteps(store, newStyle("style-1", "first"));
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "second" }), newStyle("style-2"));
    await store.checkpoint();
    await commitSteps(store, edit("styles", "style-1", { name: "third" }));
    const crashed = await folder.crash();
    const after = await crashed.open({ now });
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.get("styles", "style-1")?.name).toBe("third");
    expect(after.changesSince(0, 10)?.changes.map(({ id, seq }) => [id, seq])).toEqual([
      ["style-2", 2],
      ["style-1", 3],
    ]);
    expect(findingCodes(after)).toEqual([]);
    await after.close();
    const again = await crashed.open({ now });
    expect(shownState(again)).toEqual(shownState(store));
    expect(findingCodes(again)).toEqual([]);
  });

  it("21 a document deleted while the studio runs is there again after the next change", async () => {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1"));
    await store.checkpoint();
    await rm(folder.file("styles.json"));
    await commitSteps(store, newStyle("style-2"));
    await store.checkpoint();
    expect(JSON.parse(await folder.text("styles.json"))).toMatchObject({ seq: 2 });
    await rm(folder.file("styles.json"));
    await store.close();
    const after = await folder.open();
    expect(after.count("styles")).toBe(2);
  });

  it("25 a record of 50 MB works, and one above the limit is refused with 413", async () => {
    const store = await folder.open();
    const text = "x".repeat(50_000_000);
    await commitSteps(store, newJob("job-1", { params: { text } }));
    const refused = commitSteps(store, newJob("job-2", { params: { text: text + text } }));
    await expect(refused).rejects.toMatchObject({ code: "record.too-large", status: 413 });
    await store.close();
    const after = await folder.open();
    expect(after.get("jobs", "job-1")?.params["text"]).toBe(text);
    expect(after.count("jobs")).toBe(1);
  });

  it("28 a blob is there before the record that names it, and one without a record harms nothing", async () => {
    const store = await folder.open();
    const { sha256 } = await store.blobs.write(chunksOf("bytes"));
    const crashed = await folder.crash();
    const after = await crashed.open();
    expect(Buffer.from(await after.blobs.bytes(sha256)).toString()).toBe("bytes");
    expect(findingCodes(after)).toEqual([]);
  });
});
