import { chmod, mkdir, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  chunksOf,
  commitSteps,
  edit,
  newJob,
  newStyle,
  shownState,
} from "../testing/contract/contract-store.ts";
import { findingCodes, flipped } from "../testing/data-folder.ts";
import { type FaultFolder, faultFolder } from "../testing/faults/fault-folder.ts";
import type { Store } from "./index.ts";

const RENAME_FAULTS = [
  ["EXDEV", "store.disk-fault"],
  ["EPERM", "store.not-writable"],
  ["ESTALE", "store.disk-fault"],
  ["EIO", "store.disk-fault"],
] as const;
const JOURNAL = /^journal\/\d+\.ndjson$/;

/** Faults of the disk while the store works; the numbers are those of the list of scenarios. */
describe("faults of the disk", () => {
  let disk: FaultFolder;
  beforeEach(async () => {
    disk = await faultFolder();
  });
  afterEach(async () => disk.dispose());

  /** Closes in peace and opens again without faults. */
  async function reopened(store: Store): Promise<Store> {
    disk.faults.liftAll();
    await store.close();
    return disk.open();
  }

  /** Two commits and a checkpoint: documents, their journal, and no `.backup` yet. */
  async function openWithDocuments(): Promise<Store> {
    const store = await disk.open();
    await commitSteps(store, newJob("job-1"), newStyle("style-1", "Ink"));
    await commitSteps(store, newJob("job-2"));
    await store.checkpoint();
    return store;
  }

  it("7 short writes of the journal and of documents are completed", async () => {
    const store = await openWithDocuments();
    disk.faults.strike({ call: "write", code: "short", times: 12 });
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }), newJob("job-3"));
    await store.checkpoint();
    expect(disk.faults.struck).toHaveLength(12);
    const before = shownState(store);
    const after = await reopened(store);
    expect(shownState(after)).toEqual(before);
    expect(findingCodes(after)).toEqual([]);
  });

  it("7 a document that cannot be written whole is not published", async () => {
    const store = await openWithDocuments();
    const published = await disk.folder.text("styles.json");
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
    disk.faults.strike({ call: "write", path: /styles\.json\.tmp/, code: "short", times: 1 });
    disk.faults.strike({ call: "write", path: /styles\.json\.tmp/, code: "ENOSPC" });
    await expect(store.checkpoint()).rejects.toMatchObject({ code: "store.full", status: 507 });
    expect(await disk.folder.text("styles.json")).toBe(published);
    expect(await disk.folder.names()).not.toContain("styles.json.tmp");
  });

  it.each(["ENOSPC", "EDQUOT"])(
    "8 a full disk (%s) refuses commits with 507, and they go on with room",
    async (code) => {
      const store = await openWithDocuments();
      const segment = (await disk.folder.names("journal")).find((name) => name.endsWith(".ndjson")) ?? "";
      const goodBytes = (await disk.folder.text(`journal/${segment}`)).length;
      disk.faults.strike({ call: "write", path: JOURNAL, code: "short", times: 1 });
      const lift = disk.faults.strike({ call: "write", path: JOURNAL, code });
      const refused = await Promise.allSettled([
        commitSteps(store, newJob("job-3")),
        commitSteps(store, newJob("job-4")),
      ]);
      for (const { status, ...rest } of refused) {
        expect(status).toBe("rejected");
        expect(rest).toMatchObject({ reason: { code: "store.full", status: 507 } });
      }
      expect(await disk.folder.text(`journal/${segment}`)).toHaveLength(goodBytes);
      expect(store.health().state).toBe("ok");
      expect(store.get("jobs", "job-3")).toBeUndefined();
      lift();
      expect((await commitSteps(store, newJob("job-5"))).seq).toBe(3);
      const after = await reopened(store);
      expect([...after.scan("jobs")].map(({ id }) => id).sort()).toEqual(["job-1", "job-2", "job-5"]);
      expect(findingCodes(after)).toEqual([]);
    },
  );

  it("8 a full disk at the start of a segment refuses, and the next commit starts it", async () => {
    const store = await disk.open({ segmentBytes: 1 });
    await commitSteps(store, newStyle("style-1"));
    disk.faults.strike({ call: "open", path: JOURNAL, code: "ENOSPC", times: 1 });
    await expect(commitSteps(store, newStyle("style-2"))).rejects.toMatchObject({ code: "store.full" });
    expect((await commitSteps(store, newStyle("style-3"))).seq).toBe(2);
    disk.faults.strike({ call: "syncFolder", path: /^journal$/, code: "ENOSPC", times: 1 });
    await expect(commitSteps(store, newStyle("style-4"))).rejects.toMatchObject({ code: "store.full" });
    expect((await commitSteps(store, newStyle("style-5"))).seq).toBe(3);
    const after = await reopened(store);
    expect([...after.scan("styles")].map(({ id }) => id)).toEqual(["style-1", "style-3", "style-5"]);
  });

  it.each(["write", "sync", "rename", "link", "open", "syncFolder"] as const)(
    "9 a checkpoint without room (at %s) leaves the old files, and service goes on",
    async (call) => {
      const store = await openWithDocuments();
      await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
      const published = await disk.folder.text("styles.json");
      const path = call === "syncFolder" ? /^\.$/ : /styles\.json/;
      disk.faults.strike({ call, path, code: "ENOSPC" });
      await expect(store.checkpoint()).rejects.toMatchObject({ code: "store.full", status: 507 });
      if (call !== "syncFolder") expect(await disk.folder.text("styles.json")).toBe(published);
      expect(store.health().state).toBe("ok");
      expect(findingCodes(store)).toContain("checkpoint.failed");
      await commitSteps(store, edit("styles", "style-1", { name: "Oil" }));
      disk.faults.liftAll();
      await store.checkpoint();
      expect(await disk.folder.text("styles.json")).toContain("Oil");
      const after = await reopened(store);
      expect(after.get("styles", "style-1")?.name).toBe("Oil");
      expect(findingCodes(after)).toEqual([]);
    },
  );

  it.each([true, false])(
    "10 a failed sync of the journal (bytes there: %s) rejects the batch and ends writing",
    async (happens) => {
      const store = await openWithDocuments();
      disk.faults.strike({ call: "write", path: JOURNAL, code: "EIO", times: 1, happens });
      const refused = await Promise.allSettled([
        commitSteps(store, newJob("job-3")),
        commitSteps(store, newJob("job-4")),
      ]);
      expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      expect(store.health()).toMatchObject({ state: "read-only", reason: expect.any(String) });
      await expect(commitSteps(store, newJob("job-5"))).rejects.toMatchObject({
        code: "store.read-only",
        status: 503,
      });
      await expect(store.blobs.write(chunksOf("bytes"))).rejects.toMatchObject({ code: "store.read-only" });
      expect(disk.faults.struck.filter(({ call }) => call === "write")).toHaveLength(1);
      expect(store.get("jobs", "job-2")).toBeDefined();
      expect(store.get("jobs", "job-3")).toBeUndefined();
      await store.close();
      const after = await disk.open();
      expect(after.get("jobs", "job-1")).toBeDefined();
      expect(after.get("jobs", "job-2")).toBeDefined();
      // Nobody was told that they are there, nor that they are not: whole commits in order, either way.
      const found = ["job-3", "job-4"].map((id) => after.get("jobs", id) !== undefined);
      expect([
        [false, false],
        [true, true],
      ]).toContainEqual(found);
      expect((await commitSteps(after, newJob("job-6"))).seq).toBe(after.cursor().seq);
    },
  );

  it("10 a failed sync of a document leaves the version before, and service goes on", async () => {
    const store = await openWithDocuments();
    await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
    const published = await disk.folder.text("styles.json");
    disk.faults.strike({ call: "sync", path: /styles\.json\.tmp/, code: "EIO", times: 1 });
    await expect(store.checkpoint()).rejects.toMatchObject({ code: "store.disk-fault" });
    expect(await disk.folder.text("styles.json")).toBe(published);
    await commitSteps(store, newJob("job-3"));
    await store.checkpoint();
    expect(await disk.folder.text("styles.json")).toContain("Wash");
  });

  it.each([
    { call: "readFile", path: /^jobs\.json$/ },
    { call: "readFile", path: JOURNAL },
    { call: "readFile", path: /^studio\.json$/ },
    { call: "info", path: /^jobs\.json$/ },
    { call: "info", path: /^studio\.json$/ },
    { call: "list", path: /^journal$/ },
    { call: "list", path: /^gallery$/ },
  ] as const)(
    "11 a disk that cannot be read at the start ($call $path) is refused, nothing changed",
    async (fault) => {
      const store = await openWithDocuments();
      await store.close();
      const before = await disk.folder.content();
      disk.faults.strike({ ...fault, code: "EIO" });
      await expect(disk.open()).rejects.toMatchObject({ code: "store.unreadable" });
      disk.faults.liftAll();
      expect(await disk.folder.content()).toEqual(before);
      const after = await disk.open();
      expect(after.count("jobs")).toBe(2);
    },
  );

  it.each(["EMFILE", "ENFILE"])(
    "12 without free file handles (%s) commits go on; the rest says 503",
    async (code) => {
      const store = await disk.open();
      await commitSteps(store, newStyle("style-1"));
      const { sha256 } = await store.blobs.write(chunksOf("bytes"));
      disk.faults.strike({ call: "open", code });
      disk.faults.strike({ call: "readFile", code });
      await commitSteps(store, newStyle("style-2"));
      await expect(store.blobs.write(chunksOf("more"))).rejects.toMatchObject({
        code: "store.busy",
        status: 503,
      });
      await expect(store.blobs.bytes(sha256)).rejects.toMatchObject({ code: "store.busy" });
      await expect(store.blobs.read(sha256).then(firstOf)).rejects.toMatchObject({ code: "store.busy" });
      await expect(store.checkpoint()).rejects.toMatchObject({ code: "store.busy", status: 503 });
      expect(store.health().state).toBe("ok");
      disk.faults.liftAll();
      await store.checkpoint();
      const after = await reopened(store);
      expect(after.count("styles")).toBe(2);
    },
  );

  it.each([
    ["12", { call: "open", path: /styles\.json\.tmp$/, code: "EMFILE" }],
    ["26", { call: "rename", path: /styles\.json$/, code: "ESTALE" }],
  ] as const)("%s a document that could not be written is written later, unasked", async (_, fault) => {
    const store = await disk.open({ checkpointQuietMs: 5 });
    disk.faults.strike({ ...fault, times: 2 });
    await commitSteps(store, newStyle("style-1", "Ink"));
    await expect.poll(() => disk.faults.struck.length).toBe(2);
    await expect.poll(() => disk.folder.text("styles.json").catch(() => "")).toContain("Ink");
    expect(findingCodes(store)).toEqual(["checkpoint.failed"]);
  });

  it("12 a history that cannot be opened for want of handles is not called damaged", async () => {
    const store = await openWithDocuments();
    disk.faults.strike({ call: "open", path: /^journal/, code: "EMFILE" });
    await expect(store.history.versions("styles", "style-1")).rejects.toMatchObject({ code: "store.busy" });
    disk.faults.liftAll();
    expect((await store.history.versions("styles", "style-1")).versions).toHaveLength(1);
    expect(findingCodes(store)).toEqual([]);
  });

  it.each(["EROFS", "EACCES", "EPERM"])(
    "13 a folder that cannot be written (%s) is refused as read-only, with what to do",
    async (code) => {
      const store = await openWithDocuments();
      await store.close();
      const before = await disk.folder.content();
      for (const call of ["makeFolder", "replaceSmallFile", "protect", "rename", "remove"] as const) {
        disk.faults.strike({ call, code });
      }
      await expect(disk.open()).rejects.toMatchObject({
        code: "store.not-writable",
        status: 503,
        message: expect.stringMatching(new RegExp(`read-only.*${code}.*then start again`)),
      });
      expect(await disk.folder.content()).toEqual(before);
    },
  );

  it("13 a lock that cannot be taken because nothing can be written says so", async () => {
    const store = await openWithDocuments();
    await store.close();
    await rm(disk.folder.file("lock"));
    // What SQLite finds where it wants its file.
    await mkdir(disk.folder.file("lock"));
    disk.faults.strike({ call: "open", path: /^lock/, code: "EROFS" });
    await expect(disk.open()).rejects.toMatchObject({
      code: "store.not-writable",
      message: expect.stringMatching(/read-only.*EROFS.*Mount its disk writable/),
    });
    disk.faults.liftAll();
    await expect(disk.open()).rejects.toMatchObject({
      code: "store.not-writable",
      message: expect.stringContaining('"lock"'),
    });
    expect(await disk.folder.names()).not.toContain("lock.probe");
  });

  it("14 permissions that change acknowledge nothing, and all goes on when they are back", async () => {
    const store = await disk.open({ segmentBytes: 1 });
    await commitSteps(store, newStyle("style-1"));
    for (const call of ["open", "rename", "link", "remove"] as const)
      disk.faults.strike({ call, code: "EACCES" });
    await expect(commitSteps(store, newStyle("style-2"))).rejects.toMatchObject({ status: 503 });
    await expect(store.checkpoint()).rejects.toMatchObject({ code: "store.not-writable" });
    expect(store.get("styles", "style-2")).toBeUndefined();
    disk.faults.liftAll();
    expect((await commitSteps(store, newStyle("style-3"))).seq).toBe(2);
    await store.checkpoint();
    const after = await reopened(store);
    expect([...after.scan("styles")].map(({ id }) => id)).toEqual(["style-1", "style-3"]);
  });

  it.each(RENAME_FAULTS)(
    "26 a rename that fails (%s) leaves the old version valid, and is tried again",
    async (code, expected) => {
      const store = await openWithDocuments();
      await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
      const published = await disk.folder.text("styles.json");
      disk.faults.strike({ call: "rename", path: /^styles\.json$/, code, times: 1 });
      await expect(store.checkpoint()).rejects.toMatchObject({ code: expected, status: 503 });
      expect(await disk.folder.text("styles.json")).toBe(published);
      expect(await disk.folder.names()).not.toContain("styles.json.tmp");
      await store.checkpoint();
      expect(await disk.folder.text("styles.json")).toContain("Wash");
      expect(await disk.folder.text("styles.json.backup")).toBe(published);
    },
  );

  it.each(["EPERM", "EXDEV", "ENOTSUP", "EMLINK"])(
    "26 without hard links (%s) the version before is kept by a copy",
    async (code) => {
      const store = await openWithDocuments();
      const published = await disk.folder.text("styles.json");
      disk.faults.strike({ call: "link", code });
      await commitSteps(store, edit("styles", "style-1", { name: "Wash" }));
      await store.checkpoint();
      expect(await disk.folder.text("styles.json.backup")).toBe(published);
      const after = await reopened(store);
      expect(findingCodes(after)).toEqual([]);
    },
  );

  it.each(RENAME_FAULTS)(
    "26 a blob whose rename fails (%s) is not there, and can be sent again",
    async (code, expected) => {
      const store = await disk.open();
      disk.faults.strike({ call: "rename", path: /^blobs\//, code, times: 1 });
      await expect(store.blobs.write(chunksOf("bytes"))).rejects.toMatchObject({
        code: expected,
        status: 503,
        cause: { code },
      });
      expect(await disk.folder.names("blobs/incoming")).toEqual([]);
      const { sha256 } = await store.blobs.write(chunksOf("bytes"));
      expect(Buffer.from(await store.blobs.bytes(sha256)).toString()).toBe("bytes");
    },
  );

  it("26 a damaged blob whose mending fails keeps what it has, and is mended by the next try", async () => {
    const store = await disk.open();
    const { sha256 } = await store.blobs.write(chunksOf("bytes"));
    const [name = ""] = await disk.folder.names(`blobs/${sha256.slice(0, 2)}`);
    const path = `blobs/${sha256.slice(0, 2)}/${name}`;
    await chmod(disk.folder.file(path), 0o600);
    await disk.folder.rot(path, flipped(1));
    disk.faults.strike({ call: "rename", path: /^blobs\//, code: "ESTALE", times: 1 });
    await expect(store.blobs.write(chunksOf("bytes"))).rejects.toMatchObject({ code: "store.disk-fault" });
    expect(await store.blobs.stat(sha256)).toBeDefined();
    await store.blobs.write(chunksOf("bytes"));
    expect(await disk.folder.text(path)).toBe("bytes");
  });
});

async function firstOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  for await (const chunk of stream) return chunk;
  return undefined;
}
