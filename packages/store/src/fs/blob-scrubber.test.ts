import { chmod, link, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import type { BlobRef } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chunksOf, commitSteps, creation, edit } from "../../testing/contract/contract-store.ts";
import { findingCodes } from "../../testing/data-folder.ts";
import { type FaultFolder, faultFolder } from "../../testing/faults/fault-folder.ts";
import type { Store } from "../index.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("looking after blobs in files", () => {
  let disk: FaultFolder;
  let store: Store;
  let nowMs: number;
  const now = () => nowMs;
  beforeEach(async () => {
    nowMs = Date.parse("2026-03-01T12:00:00.000Z");
    disk = await faultFolder();
    store = await disk.open({ now });
  });
  afterEach(async () => disk.dispose());

  const write = (text: string) => store.blobs.write(chunksOf(text));
  const content = (id: string, blob: BlobRef) =>
    creation("contents", id, { type: "image", origin: "upload", blob });
  const fileOf = ({ sha256 }: BlobRef) => disk.folder.file(`blobs/${sha256.slice(0, 2)}/${sha256}.bin`);

  async function damage(blob: BlobRef): Promise<void> {
    await chmod(fileOf(blob), 0o600);
    const bytes = await readFile(fileOf(blob));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(fileOf(blob), bytes);
    await chmod(fileOf(blob), 0o444);
  }

  /** Lets a blob's bytes have come that long ago. */
  async function age(blob: BlobRef, days: number): Promise<void> {
    const time = new Date(nowMs - days * DAY_MS);
    await utimes(fileOf(blob), time, time);
  }

  async function reopen(): Promise<void> {
    await store.close();
    store = await disk.open({ now });
  }

  describe("S114 damaged bytes", () => {
    it("without a copy are told, kept in the quarantine once, and stay where they are", async () => {
      const blob = await write("paid for");
      await commitSteps(store, content("content-1", blob));
      await damage(blob);
      const report = await store.scrub();
      expect(report?.damaged).toEqual([
        {
          sha256: blob.sha256,
          sizeBytes: 8,
          state: "damaged",
          copy: expect.stringContaining("quarantine/blob-"),
        },
      ]);
      expect(findingCodes(store)).toEqual(["blob.damaged"]);
      await store.scrub();
      expect(await disk.folder.names("quarantine")).toHaveLength(1);
      expect((await store.blobs.stat(blob.sha256))?.sizeBytes).toBe(8);
    });

    it("are mended from a readable name that has bytes of its own", async () => {
      disk.faults.strike({ call: "link", path: /^uploads\//, code: "EPERM" });
      const blob = await write("paid for");
      await commitSteps(store, content("content-1", blob));
      await store.checkpoint();
      await damage(blob);
      expect((await store.scrub())?.damaged).toMatchObject([{ state: "mended" }]);
      expect(Buffer.from(await store.blobs.bytes(blob.sha256)).toString()).toBe("paid for");
      expect((await stat(fileOf(blob))).mode & 0o777).toBe(0o444);
      expect(findingCodes(store)).toEqual(["blob.mended"]);
      expect((await store.scrub())?.damagedCount).toBe(0);
      expect(await disk.folder.names("blobs/incoming")).toEqual([]);
    });

    it("are mended when the right ones come again, in the readable folder too", async () => {
      const blob = await write("paid for");
      await commitSteps(store, content("content-1", blob));
      await store.checkpoint();
      await damage(blob);
      const [name] = await disk.folder.names("uploads");
      expect(await disk.folder.text(`uploads/${name}`)).not.toBe("paid for");
      await write("paid for");
      await store.checkpoint();
      expect((await store.scrub())?.damagedCount).toBe(0);
      expect(await disk.folder.text(`uploads/${name}`)).toBe("paid for");
    });

    it("that the disk does not give are told", async () => {
      const blob = await write("paid for");
      disk.faults.strike({ call: "read", path: /^blobs\/[0-9a-f]{2}\//, code: "EIO" });
      expect((await store.scrub())?.damaged).toEqual([
        { sha256: blob.sha256, sizeBytes: 8, state: "unreadable" },
      ]);
    });

    it("are no damage when a second look finds them right", async () => {
      await write("paid for");
      disk.faults.strike({ call: "read", path: /^blobs\/[0-9a-f]{2}\//, code: "EIO", times: 1 });
      expect((await store.scrub())?.damaged).toEqual([]);
    });
  });

  it("28 S115 tells of records whose bytes are gone, an hour after they came", async () => {
    const blob = await write("paid for");
    await commitSteps(store, content("content-1", blob));
    await store.checkpoint();
    await rm(fileOf(blob));
    expect((await store.scrub())?.missing).toMatchObject([{ sha256: blob.sha256 }]);
    expect(findingCodes(store)).toEqual([]);
    nowMs += 2 * 60 * 60 * 1000;
    await store.scrub();
    expect(store.health().findings).toMatchObject([
      { code: "blob.missing", message: expect.stringContaining("contents/content-1") },
    ]);
  });

  describe("28 S116 bytes that nothing names", () => {
    it("go after seven days, when that is asked for, and not before", async () => {
      const old = await write("old");
      const young = await write("young");
      await age(old, 8);
      await age(young, 6);
      const report = await store.scrub();
      expect(report?.unreferenced.filter(({ isRemovable }) => isRemovable)).toMatchObject([
        { sha256: old.sha256 },
      ]);
      expect(await store.blobs.stat(old.sha256)).toBeDefined();
      expect(await store.removeUnreferenced()).toEqual({ removed: 1, removedBytes: 3 });
      expect(await store.blobs.stat(old.sha256)).toBeUndefined();
      expect(await store.blobs.stat(young.sha256)).toBeDefined();
      expect(await disk.folder.names("blobs/incoming")).toEqual([]);
    });

    it("have seven days more when they come again", async () => {
      const blob = await write("again");
      await age(blob, 30);
      await write("again");
      expect(await store.removeUnreferenced()).toMatchObject({ removed: 0 });
    });

    it("stay while a purged record's versions can be gone back to, in the journal and in the history", async () => {
      await store.close();
      store = await disk.open({ now, segmentBytes: 1, carryBytes: Number.NEGATIVE_INFINITY });
      const blob = await write("was named");
      await commitSteps(store, content("content-1", blob));
      await commitSteps(store, { op: "purge", collection: "contents", id: "content-1" });
      await age(blob, 30);
      expect(await store.removeUnreferenced()).toMatchObject({ removed: 0 });
      await commitSteps(store, creation("styles", "style-1", { name: "x" }));
      await store.checkpoint();
      await commitSteps(store, creation("styles", "style-2", { name: "x" }));
      await store.checkpoint();
      const history = await disk.folder.names("history");
      expect(history.length).toBeGreaterThan(0);
      expect(
        (await disk.folder.text(`journal/${(await disk.folder.names("journal"))[0]}`)).includes(blob.sha256),
      ).toBe(false);
      expect(await store.removeUnreferenced()).toMatchObject({ removed: 0 });
      for (const name of history) await rm(disk.folder.file(`history/${name}`));
      expect(await store.removeUnreferenced()).toMatchObject({ removed: 1 });
    });

    it("stay when part of the history cannot be read", async () => {
      const blob = await write("who knows");
      await age(blob, 30);
      await disk.folder.write("history/000000000001-000000000009.ndjson.zst", "no zstandard");
      expect(await store.scrub()).toMatchObject({
        isHistoryUnread: true,
        unreferenced: [],
        unreferencedCount: 0,
      });
      expect(await store.removeUnreferenced()).toEqual({ removed: 0, removedBytes: 0 });
      expect(findingCodes(store)).toEqual(["history.unreadable"]);
    });

    it("are back after a removal that was cut off, for something may name them by then", async () => {
      const blob = await write("old");
      await age(blob, 8);
      disk.faults.strike({ call: "remove", path: /\.removed$/, code: "EIO" });
      await expect(store.removeUnreferenced()).rejects.toMatchObject({ code: "store.disk-fault" });
      expect(await store.blobs.stat(blob.sha256)).toBeDefined();
      // As if the machine had died between the two.
      disk.faults.strike({ call: "rename", path: /^blobs\/[0-9a-f]{2}\//, code: "EIO" });
      await expect(store.removeUnreferenced()).rejects.toMatchObject({ code: "store.disk-fault" });
      expect(await store.blobs.stat(blob.sha256)).toBeUndefined();
      disk.faults.liftAll();
      await reopen();
      expect(Buffer.from(await store.blobs.bytes(blob.sha256)).toString()).toBe("old");
      expect(await store.removeUnreferenced()).toEqual({ removed: 1, removedBytes: 3 });
      expect(await disk.folder.names("blobs/incoming")).toEqual([]);
    });

    it("stay when a record comes to name them at the last moment", async () => {
      const blob = await write("just in time");
      await age(blob, 30);
      let commit: Promise<unknown> | undefined;
      const rename = disk.faults.rename.bind(disk.faults);
      disk.faults.rename = async (from, to) => {
        if (to.endsWith(".removed")) commit = commitSteps(store, content("content-1", blob));
        return rename(from, to);
      };
      expect(await store.removeUnreferenced()).toMatchObject({ removed: 0 });
      await commit;
      expect(Buffer.from(await store.blobs.bytes(blob.sha256)).toString()).toBe("just in time");
    });
  });

  describe("S117 a round", () => {
    async function tenBlobs(): Promise<void> {
      for (let at = 0; at < 10; at += 1) await write(`blob number ${at}`);
    }

    it("keeps to its budget of bytes", async () => {
      await write("x".repeat(1_000_000));
      await write("y".repeat(500_000));
      let waitedMs = 0;
      await store.scrub({
        bytesPerSecond: 100_000,
        pause: async (ms) => {
          waitedMs += ms;
        },
      });
      expect(waitedMs).toBeCloseTo(15_000, -2);
    });

    it("stands still while there is more important work", async () => {
      await tenBlobs();
      let busy = 3;
      let stops = 0;
      const report = await store.scrub({
        isBusy: () => busy-- > 0,
        pause: async () => {
          stops += 1;
        },
      });
      expect(stops).toBe(3);
      expect(report?.checkedBlobs).toBe(10);
    });

    it("goes on where it was ended, also after a restart", async () => {
      await tenBlobs();
      const stopping = new AbortController();
      let asked = 0;
      const isBusy = () => {
        asked += 1;
        if (asked === 8) stopping.abort();
        return false;
      };
      expect(await store.scrub({ isBusy, signal: stopping.signal })).toBeUndefined();
      await reopen();
      asked = 100;
      const before = disk.faults.struck.length;
      let read = 0;
      const open = disk.faults.open.bind(disk.faults);
      disk.faults.open = async (path, mode) => {
        if (path.startsWith("blobs/")) read += 1;
        return open(path, mode);
      };
      expect((await store.scrub())?.checkedBlobs).toBe(10);
      expect(read).toBeLessThan(10);
      expect(read).toBeGreaterThan(0);
      expect(disk.faults.struck).toHaveLength(before);
    });

    it("is remembered with what it found, and ends when the store is closed", async () => {
      await tenBlobs();
      const report = await store.scrub();
      const endless = store.scrub({
        isBusy: () => true,
        pause: async () => new Promise((done) => setTimeout(done, 1)),
      });
      await reopen();
      expect(await endless).toBeUndefined();
      expect(await store.lastScrub()).toEqual(report);
    });

    it("begins anew when its memory was removed or damaged", async () => {
      await tenBlobs();
      await store.scrub();
      for (const text of ["", "no JSON", '{"version":1,"last":{"missing":3}}', '{"version":2}']) {
        await disk.folder.write("cache/scrub.json", text);
        await reopen();
        expect(await store.lastScrub()).toBeUndefined();
        expect((await store.scrub())?.checkedBlobs).toBe(10);
      }
    });
  });

  it("S49 measures documents, journal and folders", async () => {
    await commitSteps(store, content("content-1", await write("bytes")));
    await store.checkpoint();
    await commitSteps(store, edit("contents", "content-1", { prompt: "p" }));
    await store.checkpoint();
    const report = await store.storageReport();
    const { size } = await stat(disk.folder.file("content.json"));
    expect(report.documents[0]).toEqual({
      path: "content.json",
      sizeBytes: size,
      backupBytes: expect.any(Number),
    });
    expect(report.documents[0]?.backupBytes).toBeGreaterThan(100);
    expect(report.journal.files).toBeGreaterThan(0);
    expect(report.journal.sizeBytes).toBeGreaterThan(size / 2);
  });

  it("27 takes a link among the blobs for none", async () => {
    const blob = await write("bytes");
    await commitSteps(store, content("content-1", blob));
    await link(fileOf(blob), disk.folder.file("outside"));
    await rm(fileOf(blob));
    await symlink(disk.folder.file("outside"), fileOf(blob));
    expect(await store.scrub()).toMatchObject({ checkedBlobs: 0, missingCount: 1 });
  });
});
