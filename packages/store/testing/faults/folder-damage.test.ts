import { mkdir, rename, rm, symlink, utimes } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import {
  chunksOf,
  commitSteps,
  creation,
  edit,
  newJob,
  newStyle,
  shownState,
} from "../contract/contract-store.ts";
import { type DataFolder, dataFolder, findingCodes, flipped } from "../data-folder.ts";

const SEGMENT = "journal/000000000001.ndjson";
const DOCUMENTS = ["styles.json", "jobs.json", "gallery/gal-1/metadata.json"];

/** Damage to a folder that a studio lives in, by the numbers of the list of scenarios. */
describe("a folder that is damaged", () => {
  let folder: DataFolder;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => folder.dispose());

  /** Documents with a `.backup` each, and a commit that stands in the journal alone. */
  async function livedIn(): Promise<Store> {
    const store = await folder.open({ checkpointQuietMs: 3_600_000 });
    for (const round of [1, 2]) {
      await commitSteps(
        store,
        newStyle(`style-${round}`, `name ${round}`),
        newJob(`job-${round}`),
        ...(round === 1 ? [creation("gallerySessions", "gal-1", { name: "G" })] : []),
        creation("galleryImages", `img-${round}`, { sessionId: "gal-1", directive: "d" }),
      );
      await store.checkpoint();
    }
    await commitSteps(store, newStyle("style-3", "name 3"));
    return store;
  }

  it("3 a tail torn anywhere loses what was not acknowledged alone, and a copy of it is kept", async () => {
    const store = await livedIn();
    const whole = await folder.text(SEGMENT);
    const lastLine = whole.trimEnd().lastIndexOf("\n") + 1;
    for (let cut = lastLine + 1; cut < whole.length - 1; cut += 37) {
      const crashed = await folder.crash();
      await crashed.write(SEGMENT, whole.slice(0, cut));
      const after = await crashed.open();
      expect(findingCodes(after)).toEqual(["journal.torn"]);
      expect(after.cursor()).toEqual({ ...store.cursor(), seq: 2 });
      expect(after.count("styles")).toBe(2);
      const [copy = ""] = await crashed.names("quarantine");
      expect(await crashed.text(`quarantine/${copy}`)).toBe(whole.slice(lastLine, cut));
      expect((await commitSteps(after, newStyle("style-4"))).seq).toBe(3);
    }
  });

  it("4 a bit that flips in the middle of the journal is told, and what follows it stays", async () => {
    const store = await folder.open({ checkpointQuietMs: 3_600_000 });
    const ids = ["style-1", "style-2", "style-3", "style-4", "style-5"];
    for (const id of ids) await commitSteps(store, newStyle(id));
    const bytes = Buffer.from(await folder.text(SEGMENT));
    for (const damaged of ids.slice(0, -1)) {
      const crashed = await folder.crash();
      await crashed.rot(SEGMENT, flipped(bytes.indexOf(damaged), 3));
      const after = await crashed.open();
      expect([...after.scan("styles")].map(({ id }) => id)).toEqual(ids.filter((id) => id !== damaged));
      expect(findingCodes(after)).toContain("journal.damaged");
      expect(after.cursor().seq).toBe(5);
    }
  });

  it.each(DOCUMENTS)(
    "5 a bit that flips in %s changes nothing: the .backup and the journal stand in",
    async (name) => {
      const store = await livedIn();
      const { length } = await folder.text(name);
      for (const at of [0, 30, Math.floor(length / 2), length - 3]) {
        const crashed = await folder.crash();
        await crashed.rot(name, flipped(at, at % 8));
        const after = await crashed.open();
        expect(shownState(after)).toEqual(shownState(store));
        // A flip in the time that the header names looks like somebody's edit, of nothing.
        expect(findingCodes(after)).toEqual([at === 30 ? "document.edited" : "document.damaged"]);
        expect(await crashed.names("quarantine")).toHaveLength(1);
      }
    },
  );

  it("19 a hand edit amid commits is taken in or kept aside, never overwritten in silence", async () => {
    const store = await folder.open({ watchMs: 20, checkpointQuietMs: 30 });
    await commitSteps(store, newStyle("style-1", "typed"), newStyle("style-2", "other"));
    await store.checkpoint();
    let round = 0;
    const over = new AbortController();
    const committing = (async () => {
      while (!over.signal.aborted) {
        round += 1;
        await commitSteps(store, edit("styles", "style-2", { name: `other ${round}` }));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const edited = (await folder.text("styles.json")).replace('"typed"', '"typed by hand"');
    await folder.write("styles.mine", edited);
    await utimes(folder.file("styles.mine"), new Date(0), new Date(0));
    await rename(folder.file("styles.mine"), folder.file("styles.json"));
    await expect.poll(() => findingCodes(store), { timeout: 8000 }).toContain("document.edited");
    over.abort();
    await committing;
    await store.checkpoint();
    expect(store.get("styles", "style-1")?.name).toBe("typed by hand");
    expect(store.get("styles", "style-2")?.name).toBe(`other ${round}`);
    const copies = await Promise.all(
      (await folder.names("quarantine")).map((name) => folder.text(`quarantine/${name}`)),
    );
    expect(copies).toContain(edited);
  });

  it("20 a hand edit with a syntax error is kept, running or not, and the state is whole", async () => {
    const store = await livedIn();
    const mistaken = (await folder.text("styles.json")).replace('"name 1"', '"name 1');
    const crashed = await folder.crash();
    for (const place of [folder, crashed]) {
      await place.write("styles.json", mistaken);
      await utimes(place.file("styles.json"), new Date(0), new Date(0));
    }
    const expected = shownState(store);
    await store.checkpoint();
    const after = await crashed.open();
    for (const [studio, place] of [
      [store, folder],
      [after, crashed],
    ] as const) {
      expect(shownState(studio)).toEqual(expected);
      expect(findingCodes(studio)).toEqual(["document.damaged"]);
      const [copy = ""] = await place.names("quarantine");
      expect(await place.text(`quarantine/${copy}`)).toBe(mistaken);
      await studio.checkpoint();
      expect(JSON.parse(await place.text("styles.json"))).toMatchObject({ seq: 3 });
    }
  });

  it("22 documents without any .backup are nothing special", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    for (const name of DOCUMENTS) await rm(crashed.file(`${name}.backup`), { force: true });
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(findingCodes(after)).toEqual([]);
  });

  it("23 a document and its .backup that are both damaged are built from the whole journal", async () => {
    const store = await livedIn();
    const crashed = await folder.crash();
    await crashed.rot("styles.json", flipped(100));
    await crashed.rot("styles.json.backup", flipped(100));
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.cursor()).toEqual(store.cursor());
    expect(findingCodes(after)).toEqual(["document.damaged", "backup.damaged"]);
    expect(await crashed.names("quarantine")).toHaveLength(2);
  });

  it("24 a segment that is missing is noticed, nothing is changed, and putting it back is enough", async () => {
    const store = await folder.open({ segmentBytes: 1, checkpointQuietMs: 3_600_000 });
    for (const id of ["style-1", "style-2", "style-3"]) await commitSteps(store, newStyle(id));
    const crashed = await folder.crash();
    const segment = "journal/000000000002.ndjson";
    const text = await crashed.text(segment);
    await rm(crashed.file(segment));
    const before = await crashed.content();
    await expect(crashed.open()).rejects.toMatchObject({
      code: "store.gap",
      message: expect.stringMatching(/\S/),
    });
    expect(await crashed.content()).toEqual(before);
    await crashed.write(segment, text);
    expect(shownState(await crashed.open())).toEqual(shownState(store));
  });

  it("27 nothing is written through links that lead out of the folder", async () => {
    const outside = await dataFolder();
    try {
      const store = await livedIn();
      const { sha256 } = await store.blobs.write(chunksOf("bytes"));
      const shard = `blobs/${sha256.slice(0, 2)}`;
      await store.close();
      await rm(folder.file(shard), { recursive: true });
      await mkdir(outside.file("shard"));
      await symlink(outside.file("shard"), folder.file(shard));
      const after = await folder.open();
      await expect(after.blobs.write(chunksOf("bytes"))).rejects.toMatchObject({ code: "store.unreadable" });
      expect(await outside.names("shard")).toEqual([]);
      expect(await folder.names("blobs/incoming")).toEqual([]);
      await after.close();
      for (const name of ["journal", "uploads", "quarantine"]) {
        await rm(folder.file(name), { recursive: true });
        await symlink(outside.file("shard"), folder.file(name));
        await expect(folder.open()).rejects.toMatchObject({ code: "store.unreadable" });
        await rm(folder.file(name));
      }
      expect(await outside.names("shard")).toEqual([]);
    } finally {
      await outside.dispose();
    }
  });

  it("29 a volume that is not mounted deletes nothing, and all is there when it is back", async () => {
    const store = await livedIn();
    const expected = shownState(store);
    await store.close();
    const hidden = await dataFolder();
    try {
      const away = hidden.file("volume");
      await rename(folder.path, away);
      await expect(folder.open({ mustExist: true })).rejects.toMatchObject({ code: "store.not-mounted" });
      await mkdir(folder.path, { recursive: true });
      await expect(folder.open({ mustExist: true })).rejects.toMatchObject({ code: "store.not-mounted" });
      await rm(folder.path, { recursive: true });
      await rename(away, folder.path);
      const after = await folder.open({ mustExist: true });
      expect(shownState(after)).toEqual(expected);
      expect(findingCodes(after)).toEqual([]);
    } finally {
      await hidden.dispose();
    }
  });

  it.each([
    ["studio.json", '"version": 1', '"version": 2'],
    ["styles.json", '"version":1', '"version":2'],
    ["gallery/gal-1/metadata.json", '"version":1', '"version":2'],
  ])("30 a newer version in %s is refused, and nothing is changed", async (name, from, to) => {
    const store = await livedIn();
    await store.close();
    await folder.write(name, (await folder.text(name)).replace(from, to));
    const before = await folder.content();
    await expect(folder.open()).rejects.toMatchObject({ code: "store.version", status: 503 });
    expect(await folder.content()).toEqual(before);
  });
});
