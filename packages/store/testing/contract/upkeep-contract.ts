import { createHash } from "node:crypto";
import type { BlobRef } from "@safelight/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import {
  chunksOf,
  commitSteps,
  type ContractStore,
  creation,
  edit,
  type OpenContractStore,
} from "./contract-store.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Looking after bytes at rest. */
export function upkeepContract(open: OpenContractStore): void {
  describe("upkeep", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => opened.dispose());

    const write = (text: string) => store.blobs.write(chunksOf(text));
    const content = (id: string, blob: BlobRef) =>
      creation("contents", id, { type: "image", origin: "upload", blob });
    const unreferenced = async () => (await store.scrub())?.unreferenced.map(({ sha256 }) => sha256);

    it("S49 finds nothing wrong where all is well", async () => {
      await commitSteps(store, content("content-1", await write("one")));
      expect(await store.lastScrub()).toBeUndefined();
      const report = await store.scrub();
      expect(report).toMatchObject({
        checkedBlobs: 1,
        checkedBytes: 3,
        missingCount: 0,
        missing: [],
        damagedCount: 0,
        damaged: [],
        unreferencedCount: 0,
        unreferencedBytes: 0,
        unreferenced: [],
        isHistoryUnread: false,
      });
      expect(await store.lastScrub()).toEqual(report);
    });

    it("S49 finds bytes that a record names and that are not here, and says where", async () => {
      const lost = { sha256: hashOf("lost"), sizeBytes: 4, mime: "image/png" };
      await commitSteps(store, content("content-1", lost), content("content-2", lost));
      await commitSteps(
        store,
        creation("drafts", "draft-1", { scope: "create", state: { url: `/api/blobs/${hashOf("gone")}` } }),
      );
      const report = await store.scrub();
      expect(report?.missingCount).toBe(2);
      expect(report?.missing).toContainEqual({
        sha256: hashOf("lost"),
        records: [
          { collection: "contents", id: "content-1" },
          { collection: "contents", id: "content-2" },
        ],
        since: store.get("contents", "content-2")?.updatedAt,
      });
    });

    it("S49 knows bytes that nothing names, wherever a name may hide", async () => {
      const kept = await Promise.all(["record", "free object", "address", "trash", "before"].map(write));
      const [record, free, address, trash, before] = kept;
      if (!record || !free || !address || !trash || !before) throw new Error("Five blobs were written.");
      await commitSteps(
        store,
        content("content-1", record),
        creation("models", "model-1", {
          modelName: "Ink",
          trainingConfig: { epochs: 1, learningRate: 1, batchSize: 1, resolution: 1, imageCount: 1 },
          trainingData: [{ image: { ...free }, description: "d" }],
        }),
        creation("drafts", "draft-1", {
          scope: "create",
          state: { html: `<img src='/api/blobs/${address.sha256}'>` },
        }),
        content("content-2", trash),
        content("content-3", before),
      );
      await commitSteps(store, { op: "delete", collection: "contents", id: "content-2" });
      await commitSteps(store, edit("contents", "content-3", { blob: record }));
      expect(await unreferenced()).toEqual([]);
      const { sha256 } = await write("nobody's");
      expect(await unreferenced()).toEqual([sha256]);
      await store.checkpoint();
      expect(await unreferenced()).toEqual([sha256]);
    });

    it("S49 leaves bytes that came in the last seven days", async () => {
      const { sha256 } = await write("nobody's");
      expect((await store.scrub())?.unreferenced).toMatchObject([
        { sha256, sizeBytes: 8, isRemovable: false },
      ]);
      expect(await store.removeUnreferenced()).toEqual({ removed: 0, removedBytes: 0 });
      expect(await store.blobs.stat(sha256)).toBeDefined();
    });

    it("S49 can be ended before it begins", async () => {
      expect(await store.scrub({ signal: AbortSignal.abort() })).toBeUndefined();
    });

    it("S49 tells what is kept and how much room it takes", async () => {
      await commitSteps(
        store,
        content("content-1", await write("some bytes")),
        content("content-2", await write("x")),
      );
      await commitSteps(store, { op: "delete", collection: "contents", id: "content-2" });
      const { collections, blobs, blobKinds } = await store.storageReport();
      expect(collections).toContainEqual({
        collection: "contents",
        records: 2,
        trashed: 1,
        jsonLength: expect.any(Number),
      });
      expect(blobs).toEqual({ files: 2, sizeBytes: 11 });
      expect(blobKinds).toEqual([{ kind: "other", files: 2, sizeBytes: 11 }]);
    });
  });
}
