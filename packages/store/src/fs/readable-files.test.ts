import { readFile, readdir, rm, stat } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlobRef } from "@safelight/shared";
import { chunksOf, commitSteps, creation } from "../../testing/index.ts";
import { type DataFolder, dataFolder } from "../../testing/data-folder.ts";
import type { FileStore } from "./file-store.ts";

let folder: DataFolder;
let store: FileStore;
beforeEach(async () => {
  folder = await dataFolder();
  store = await folder.open();
});
afterEach(async () => folder.dispose());

const content = (id: string, blob: BlobRef, set = {}) =>
  creation("contents", id, { origin: "generated", prompt: "A quiet sea", blob, ...set });

async function twoFiles() {
  const blob = await store.blobs.write(chunksOf("bytes"), { name: "Holiday photo.png" });
  await commitSteps(
    store,
    content("content-000000000001", blob),
    content("content-000000000002", blob, { origin: "upload" }),
    creation("galleryImages", "img-1", { sessionId: "gal-1", blob }),
  );
  await store.rebuildReadableFiles();
  return blob;
}

describe("readable folders", () => {
  it("S90 name the bytes of records by links to the one copy of them", async () => {
    const { sha256 } = await twoFiles();
    expect(await folder.names("generated")).toEqual(["a-quiet-sea-000000000001.bin"]);
    expect(await folder.names("uploads")).toEqual(["holiday-photo-000000000002.bin"]);
    expect(await folder.names("gallery/gal-1")).toContain("img_001.bin");
    const original = await stat(folder.file(`blobs/${sha256.slice(0, 2)}/${sha256}.bin`));
    expect(original.nlink).toBe(4);
    expect(original.mode & 0o777).toBe(0o444);
  });

  it("S91 follow the trash and back", async () => {
    await twoFiles();
    const id = "content-000000000001";
    await commitSteps(store, { op: "delete", collection: "contents", id });
    await store.checkpoint();
    expect(await folder.names("generated")).toEqual([]);
    await commitSteps(store, { op: "restore", collection: "contents", id });
    await store.checkpoint();
    expect(await folder.names("generated")).toHaveLength(1);
  });

  it("S92 are made anew from the records", async () => {
    await twoFiles();
    await rm(folder.file("generated"), { recursive: true });
    await rm(folder.file("gallery/gal-1/img_001.bin"));
    expect(await store.rebuildReadableFiles()).toEqual({ made: 2, removed: 0 });
    expect(await readFile(folder.file("gallery/gal-1/img_001.bin"), "utf8")).toBe("bytes");
    expect(await store.rebuildReadableFiles()).toEqual({ made: 0, removed: 0 });
  });

  it("S92 are made at start for what was committed before a crash", async () => {
    await twoFiles();
    const crashed = await folder.crash();
    await rm(crashed.file("generated/a-quiet-sea-000000000001.bin"));
    const after = await crashed.open();
    await after.checkpoint();
    expect(await crashed.names("generated")).toHaveLength(1);
  });

  it("S92 are made anew while commits go on, and end as the records want them", async () => {
    const blob = await store.blobs.write(chunksOf("bytes"));
    const ids = Array.from({ length: 60 }, (_, at) => `content-${String(at).padStart(12, "0")}`);
    await commitSteps(store, ...ids.map((id) => content(id, blob, { prompt: id })));
    await store.checkpoint();
    await rm(folder.file("generated"), { recursive: true });
    const rebuilding = store.rebuildReadableFiles();
    for (const id of ids.slice(0, 30)) await commitSteps(store, { op: "delete", collection: "contents", id });
    await rebuilding;
    await store.checkpoint();
    const kept = ids.slice(30).map((id) => `${id}-${id.slice(-12)}.bin`);
    expect(await folder.names("generated")).toEqual(kept);
  });

  it("S92 are left alone from the moment that the store is closed", async () => {
    const blob = await store.blobs.write(chunksOf("bytes"));
    const ids = Array.from({ length: 60 }, (_, at) => `content-${String(at).padStart(12, "0")}`);
    await commitSteps(store, ...ids.map((id) => content(id, blob, { prompt: id })));
    await store.checkpoint();
    await rm(folder.file("generated"), { recursive: true });
    const rebuilding = store.rebuildReadableFiles();
    await store.close();
    const { made } = await rebuilding;
    const names = await readdir(folder.file("generated")).catch(() => []);
    expect(names).toHaveLength(made);
  });

  it("S93 leave alone what is not theirs", async () => {
    const blob = await store.blobs.write(chunksOf("bytes"));
    await folder.write("uploads/mine.bin", "somebody's own file");
    await commitSteps(store, content("content-1", blob, { origin: "upload", filename: "mine.bin" }));
    await store.rebuildReadableFiles();
    await commitSteps(store, { op: "delete", collection: "contents", id: "content-1" });
    await store.rebuildReadableFiles();
    await store.checkpoint();
    expect(await folder.text("uploads/mine.bin")).toBe("somebody's own file");
  });
});
