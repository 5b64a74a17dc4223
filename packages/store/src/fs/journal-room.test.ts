import { stat, truncate } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFaultyFs, type FaultyFs } from "../../testing/faults/faulty-fs.ts";
import { type DataFolder, dataFolder, findingCodes } from "../../testing/data-folder.ts";
import { commitSteps, newJob, newStyle, shownState } from "../../testing/index.ts";
import { createNodeFs } from "./node-fs.ts";

const SEGMENT = "journal/000000000001.ndjson";
const LEAST_ROOM_BYTES = 64 * 1024;

describe("the room ahead of the journal's lines", () => {
  let folder: DataFolder;
  let faulty: FaultyFs | undefined;
  beforeEach(async () => {
    folder = await dataFolder();
  });
  afterEach(async () => {
    faulty?.liftAll();
    await folder.dispose();
  });

  const sizeOf = async (of: DataFolder, name = SEGMENT) => (await stat(of.file(name))).size;
  const linesOf = async (of: DataFolder) => Buffer.byteLength(await of.text(SEGMENT));
  const openFaulty = () =>
    folder.open({
      createFs(dataDir) {
        faulty = createFaultyFs(createNodeFs(dataDir));
        return faulty;
      },
    });

  async function withRoom() {
    const store = await folder.open();
    await commitSteps(store, newStyle("style-1"));
    await expect.poll(() => sizeOf(folder)).toBeGreaterThan(LEAST_ROOM_BYTES);
    await commitSteps(store, newStyle("style-2"));
    return store;
  }

  it("S50 is there before small commits need it, and gone when the segment ends", async () => {
    const store = await withRoom();
    const sizeBytes = await sizeOf(folder);
    for (let at = 3; at < 30; at += 1) await commitSteps(store, newStyle(`style-${at}`));
    expect(await sizeOf(folder)).toBe(sizeBytes);
    await store.close();
    expect(await sizeOf(folder)).toBe(await linesOf(folder));
  });

  it("S97 leaves turns of the event loop to others, however many lone commits follow each other", async () => {
    const store = await withRoom();
    let turns = 0;
    let isCounting = true;
    const turn = () => {
      turns += 1;
      if (isCounting) setImmediate(turn);
    };
    setImmediate(turn);
    for (let at = 3; at < 303; at += 1) await commitSteps(store, newStyle(`style-${at}`));
    isCounting = false;
    expect(turns).toBeGreaterThan(5);
  });

  it("S50 is made ready for small commits alone", async () => {
    const store = await folder.open();
    const prompt = "p".repeat(20_000);
    for (let at = 0; at < 3; at += 1) {
      await commitSteps(store, newJob(`job-${at}`, { prompt }));
    }
    expect(await sizeOf(folder)).toBe(await linesOf(folder));
  });

  it("S50 never makes a segment larger than it may get", async () => {
    const store = await folder.open({ segmentBytes: 1000 });
    for (let at = 0; at < 10; at += 1) await commitSteps(store, newStyle(`style-${at}`));
    const names = (await folder.names("journal")).filter((name) => name.endsWith(".ndjson"));
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(await sizeOf(folder, `journal/${name}`)).toBeLessThan(2000);
  });

  it("S50 is no finding after a crash, and is cut", async () => {
    const store = await withRoom();
    const crashed = await folder.crash();
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.health().findings).toEqual([]);
    expect(await sizeOf(crashed)).toBe(await linesOf(crashed));
    await commitSteps(after, newStyle("style-3"));
    await after.close();
    const again = await crashed.open();
    expect(again.count("styles")).toBe(3);
    expect(again.health().findings).toEqual([]);
  });

  it("S57 takes zeros in place of lines that a document knows of for damage", async () => {
    const store = await withRoom();
    await store.checkpoint();
    const crashed = await folder.crash();
    const second = (await crashed.text(SEGMENT)).indexOf("\n") + 1;
    await truncate(crashed.file(SEGMENT), second);
    await truncate(crashed.file(SEGMENT), LEAST_ROOM_BYTES);
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.cursor()).toEqual(store.cursor());
    expect(findingCodes(after)).toEqual(["journal.damaged"]);
  });

  it("S67 is done without on a full disk", async () => {
    const store = await openFaulty();
    // The line itself is taken, the room after it is not.
    faulty?.strike({ call: "write", path: /^journal\/\d/, code: "ENOSPC", after: 1, times: 1 });
    await commitSteps(store, newStyle("style-1"));
    for (let at = 2; at < 10; at += 1) await commitSteps(store, newStyle(`style-${at}`));
    expect(faulty?.struck).toHaveLength(1);
    expect(store.health()).toMatchObject({ state: "ok", findings: [] });
    expect(await sizeOf(folder)).toBe(await linesOf(folder));
  });

  it("S67 ends writing when the disk fails at it", async () => {
    const store = await openFaulty();
    faulty?.strike({ call: "write", path: /^journal\/\d/, code: "EIO", after: 1, times: 1 });
    await commitSteps(store, newStyle("style-1"));
    await expect.poll(() => store.health().state).toBe("read-only");
    await expect(commitSteps(store, newStyle("style-2"))).rejects.toMatchObject({ code: "store.read-only" });
    expect(shownState(store)).toHaveProperty("styles/style-1");
  });

  it("S67 does not stand in the way when a batch is cut back", async () => {
    const store = await openFaulty();
    await commitSteps(store, newStyle("style-1"));
    await expect.poll(() => sizeOf(folder)).toBeGreaterThan(LEAST_ROOM_BYTES);
    faulty?.strike({ call: "write", path: /^journal\/\d/, code: "ENOSPC", times: 1, happens: true });
    await expect(commitSteps(store, newStyle("style-2"))).rejects.toMatchObject({ code: "store.full" });
    await commitSteps(store, newStyle("style-3"));
    await commitSteps(store, newStyle("style-4"));
    const crashed = await folder.crash();
    const after = await crashed.open();
    expect(shownState(after)).toEqual(shownState(store));
    expect(after.count("styles")).toBe(3);
    expect(after.health().findings).toEqual([]);
  });
});
