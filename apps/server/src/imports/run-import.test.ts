import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COLLECTION_NAMES } from "@safelight/shared";
import { openFileStore, type Store } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createImportBench, type ImportBench, totalsOf } from "../../testing/import-bench.ts";
import { oldPicture, writeOldApps } from "../../testing/old-folders.ts";

let bench: ImportBench;

beforeEach(() => {
  bench = createImportBench();
});

afterEach(() => bench.close());

const everything = (from: Store) =>
  COLLECTION_NAMES.flatMap((name) =>
    [...from.scan(name)].map((record) => [name, record.id, record.rev] as const),
  );

/** Every file below a folder with the hash of its bytes. */
function hashesOf(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file, createHash("sha256").update(readFileSync(file)).digest("hex")];
    }),
  );
}

describe("an import of all the older apps", () => {
  it("says in a dry run what it would do, and does nothing", async () => {
    await writeOldApps(bench.old);
    const report = await bench.importOld(false);
    expect(totalsOf(report)).toEqual({
      added: 12,
      present: 0,
      unusable: [],
      missing: ["[0] (Harbour style) trainingData[1]", "[1] (content-b)"],
    });
    expect(bench.store.cursor().seq).toBe(0);
    expect(report.files.map(({ file, kind, added }) => [file, kind, added])).toEqual([
      ["dashboards/job_history.json", "job history", 3],
      ["fal-demo/data/models.json", "models", 1],
      ["fal-demo/data/content.json", "contents", 2],
      ["backend/data/gallery/sessions.json", "gallery index", 0],
      ["backend/data/gallery/gal-1733500000-abc123", "gallery session", 4],
      ["fal-demo/data/uploads", "uploads", 1],
      ["fal-demo/data/generated", "generated files", 1],
    ]);
  });

  it("does what the dry run said, once: a second run changes nothing", async () => {
    await writeOldApps(bench.old);
    const before = hashesOf(bench.old);
    const dry = await bench.importOld(false);
    const first = await bench.importOld(true);
    expect({ ...first, applied: false }).toEqual(dry);
    const state = everything(bench.store);
    const { seq } = bench.store.cursor();
    const second = totalsOf(await bench.importOld(true));
    expect(second).toMatchObject({ added: 0, present: 12, unusable: [] });
    expect(bench.store.cursor().seq).toBe(seq);
    expect(everything(bench.store)).toEqual(state);
    expect(hashesOf(bench.old)).toEqual(before);
  });

  it("makes jobs with their numbers, pictures and count", async () => {
    await writeOldApps(bench.old);
    await bench.importOld(true);
    const job = bench.store.get("jobs", "job-2");
    expect(job).toMatchObject({ number: 2, status: "succeeded", prompt: "heroic knight 2", duration: 2.445 });
    const content = bench.store.get("contents", job?.results[0] ?? "");
    expect(content).toMatchObject({ origin: "import", jobId: "job-2", blob: { width: 24, height: 16 } });
    expect(Buffer.from(await bench.store.blobs.bytes(content?.blob?.sha256 ?? ""))).toEqual(
      await oldPicture(2),
    );
    expect(bench.store.get("jobs", "job-3")).toMatchObject({ status: "unknown", number: 3, results: [] });
    expect(bench.store.get("drafts", "draft-job-history")?.state).toEqual({ lastJobId: 5 });
  });

  it("makes models and contents with the files beside them", async () => {
    await writeOldApps(bench.old);
    await bench.importOld(true);
    const [model] = [...bench.store.scan("models")];
    expect(model).toMatchObject({ modelName: "Harbour style", createdAt: "2025-01-02T03:04:05.000Z" });
    const harbour = createHash("sha256")
      .update(await oldPicture(11))
      .digest("hex");
    expect(model?.trainingData).toEqual([
      {
        id: "t1",
        description: "boats",
        characterName: "",
        image: expect.objectContaining({ sha256: harbour, mime: "image/png", name: "harbour.png" }),
        imageUrl: `/api/blobs/${harbour}`,
      },
      { id: "t2", imageUrl: "blob:http://localhost:3000/1f", description: "masts" },
    ]);
    expect(bench.store.get("contents", "content-a")).toMatchObject({
      filename: "content-a.png",
      config: { guidanceScale: 3.5 },
      blob: { width: 24, height: 16 },
    });
    expect(bench.store.get("contents", "content-b")).toMatchObject({ url: "https://fal.media/b.png" });
    const byName = new Map(
      [...bench.store.scan("contents")].map((content) => [content.filename, content.origin]),
    );
    expect(byName.get("forgotten.png")).toBe("import");
    expect(byName.get("harbour.png")).toBe("upload");
  });

  it("makes gallery sessions with their numbered images, those that no metadata lists too", async () => {
    await writeOldApps(bench.old);
    await bench.importOld(true);
    expect(bench.store.get("gallerySessions", "gal-1733500000-abc123")).toMatchObject({
      name: "Morning Demo",
      userComposition: "Looking for elegant evening wear...",
      savedProducts: ["product-0"],
      createdAt: "2024-12-06T09:30:00.123Z",
    });
    const images = [...bench.store.scan("galleryImages")].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
    expect(images.map(({ number, x, productName }) => [number, x, productName])).toEqual([
      [1, 44, "Neverfull MM"],
      [2, 44, "Neverfull MM"],
      [3, 0, ""],
    ]);
    expect(images.every(({ blob }) => blob !== undefined)).toBe(true);
  });

  it("goes on where a run that was cut off stopped", async () => {
    await writeOldApps(bench.old);
    const dataDir = join(bench.folder, "data");
    const cut = await openFileStore({ dataDir });
    let commits = 0;
    const failing: Store = {
      ...cut,
      commit: async (request) => {
        commits += 1;
        if (commits > 1) throw new Error("cut off");
        return cut.commit(request);
      },
    };
    await expect(bench.importOld(true, failing)).rejects.toThrow("cut off");
    await cut.close();
    const again = await openFileStore({ dataDir });
    await bench.importOld(true, again);
    await bench.importOld(true, bench.store);
    const ids = (from: Store) => everything(from).map(([name, id]) => `${name}/${id}`);
    expect(ids(again).sort()).toEqual(ids(bench.store).sort());
    await again.close();
    expect(existsSync(join(dataDir, "generated", "content-a.png"))).toBe(true);
  });
});
