import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import { chunksOf, type ContractStore, type OpenContractStore } from "./contract-store.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const hashOf = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** Bytes at rest. */
export function blobContract(open: OpenContractStore): void {
  describe("blobs", () => {
    let opened: ContractStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(async () => opened.dispose());

    async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
      const parts: Uint8Array[] = [];
      for await (const part of stream) parts.push(part);
      return Buffer.concat(parts).toString();
    }

    it("S40 keeps bytes under their hash, typed by what they are", async () => {
      const ref = await store.blobs.write(chunksOf(PNG.subarray(0, 10), PNG.subarray(10)), { name: "x.txt" });
      expect(ref).toEqual({
        sha256: hashOf(PNG),
        sizeBytes: PNG.length,
        mime: "image/png",
        name: "x.txt",
      });
      expect(Buffer.from(await store.blobs.bytes(ref.sha256))).toEqual(PNG);
      expect(await store.blobs.stat(ref.sha256)).toEqual({
        sha256: hashOf(PNG),
        sizeBytes: PNG.length,
        mime: "image/png",
      });
    });

    it("S40 calls text renamed to a picture unknown", async () => {
      const ref = await store.blobs.write(chunksOf("not a picture"), { name: "x.png" });
      expect(ref.mime).toBe("application/octet-stream");
    });

    it("S41 stores identical bytes once, also when they come at the same time", async () => {
      const write = () => store.blobs.write(chunksOf("same"));
      const refs = await Promise.all([write(), write(), write()]);
      expect(new Set(refs.map(({ sha256 }) => sha256)).size).toBe(1);
      expect(await write()).toEqual(refs[0]);
    });

    it("S42 refuses empty, too large and mismatching bytes, and keeps nothing of them", async () => {
      await expect(store.blobs.write(chunksOf())).rejects.toMatchObject({ code: "blob.empty" });
      await expect(store.blobs.write(chunksOf(""))).rejects.toMatchObject({ code: "blob.empty" });
      await expect(store.blobs.write(chunksOf("12345"), { maxBytes: 4 })).rejects.toMatchObject({
        code: "blob.too-large",
      });
      await store.blobs.write(chunksOf("1234"), { maxBytes: 4 });
      await expect(store.blobs.write(chunksOf("abc"), { sha256: hashOf("abd") })).rejects.toMatchObject({
        code: "blob.mismatch",
      });
      expect(await store.blobs.stat(hashOf("12345"))).toBeUndefined();
      expect(await store.blobs.stat(hashOf("abc"))).toBeUndefined();
    });

    it("S42 keeps nothing of a stream that breaks off or is aborted", async () => {
      async function* breaking() {
        yield Buffer.from("half");
        throw new Error("connection lost");
      }
      await expect(store.blobs.write(breaking())).rejects.toThrow("connection lost");
      const controller = new AbortController();
      async function* aborting() {
        yield Buffer.from("half");
        controller.abort();
        yield Buffer.from("more");
      }
      const aborted = store.blobs.write(aborting(), { signal: controller.signal });
      await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
      expect(await store.blobs.stat(hashOf("half"))).toBeUndefined();
    });

    it("S43 reads ranges, both ends inclusive, cut to what there is", async () => {
      const { sha256 } = await store.blobs.write(chunksOf("0123456789"));
      const read = async (start: number, end: number) => text(await store.blobs.read(sha256, { start, end }));
      expect(await text(await store.blobs.read(sha256))).toBe("0123456789");
      expect(await read(2, 4)).toBe("234");
      expect(await read(9, 9)).toBe("9");
      expect(await read(7, 1000)).toBe("789");
    });

    it("S44 says that bytes are missing, for anything that is not a known hash", async () => {
      for (const name of [hashOf("unknown"), "../../etc/passwd", "", "A".repeat(64)]) {
        expect(await store.blobs.stat(name)).toBeUndefined();
        await expect(store.blobs.bytes(name)).rejects.toMatchObject({ code: "blob.missing", status: 404 });
        await expect(store.blobs.read(name)).rejects.toMatchObject({ code: "blob.missing" });
      }
    });
  });
}
