import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { COLLECTION_NAMES } from "@safelight/shared";
import { createMemoryStore, openFileStore, type Store } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  oldContent,
  oldDataUrl,
  oldJob,
  oldModel,
  oldPicture,
  writeOld,
  writeOldApps,
} from "../../testing/old-folders.ts";
import { makePicture } from "../../testing/pictures.ts";
import { makeTempDir } from "../../testing/temp-dir.ts";
import type { ImportReport } from "./core/import-report.ts";
import { runImport } from "./run-import.ts";

const LIMITS = { maxPixels: 10_000, maxFileBytes: 1024 * 1024 };
const NOW = () => new Date("2026-01-01T00:00:00.000Z");

let folder: ReturnType<typeof makeTempDir>;
let old: string;
let store: Store;

beforeEach(() => {
  folder = makeTempDir();
  old = join(folder.path, "old");
  mkdirSync(old);
  store = createMemoryStore();
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

const importOld = (apply: boolean, into = store, path = old) =>
  runImport({ paths: [path], store: into, apply, limits: LIMITS, now: NOW });

const totals = ({ files }: ImportReport) => ({
  added: files.reduce((sum, { added }) => sum + added, 0),
  present: files.reduce((sum, { present }) => sum + present, 0),
  unusable: files.flatMap(({ unusable }) => unusable),
  missing: files.flatMap(({ missingPictures }) => missingPictures.map(({ entry }) => entry)),
});

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
    await writeOldApps(old);
    const report = await importOld(false);
    expect(totals(report)).toEqual({
      added: 12,
      present: 0,
      unusable: [],
      missing: ["[0] (Harbour style) trainingData[1]", "[1] (content-b)"],
    });
    expect(store.cursor().seq).toBe(0);
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
    await writeOldApps(old);
    const before = hashesOf(old);
    const dry = await importOld(false);
    const first = await importOld(true);
    expect({ ...first, applied: false }).toEqual(dry);
    const state = everything(store);
    const { seq } = store.cursor();
    const second = totals(await importOld(true));
    expect(second).toMatchObject({ added: 0, present: 12, unusable: [] });
    expect(store.cursor().seq).toBe(seq);
    expect(everything(store)).toEqual(state);
    expect(hashesOf(old)).toEqual(before);
  });

  it("makes jobs with their numbers, pictures and count", async () => {
    await writeOldApps(old);
    await importOld(true);
    const job = store.get("jobs", "job-2");
    expect(job).toMatchObject({ number: 2, status: "succeeded", prompt: "heroic knight 2", duration: 2.445 });
    const content = store.get("contents", job?.results[0] ?? "");
    expect(content).toMatchObject({ origin: "import", jobId: "job-2", blob: { width: 24, height: 16 } });
    expect(Buffer.from(await store.blobs.bytes(content?.blob?.sha256 ?? ""))).toEqual(await oldPicture(2));
    expect(store.get("jobs", "job-3")).toMatchObject({ status: "unknown", number: 3, results: [] });
    expect(store.get("drafts", "draft-job-history")?.state).toEqual({ lastJobId: 5 });
  });

  it("makes models and contents with the files beside them", async () => {
    await writeOldApps(old);
    await importOld(true);
    const [model] = [...store.scan("models")];
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
    expect(store.get("contents", "content-a")).toMatchObject({
      filename: "content-a.png",
      config: { guidanceScale: 3.5 },
      blob: { width: 24, height: 16 },
    });
    expect(store.get("contents", "content-b")).toMatchObject({ url: "https://fal.media/b.png" });
    const byName = new Map([...store.scan("contents")].map((content) => [content.filename, content.origin]));
    expect(byName.get("forgotten.png")).toBe("import");
    expect(byName.get("harbour.png")).toBe("upload");
  });

  it("makes gallery sessions with their numbered images, those that no metadata lists too", async () => {
    await writeOldApps(old);
    await importOld(true);
    expect(store.get("gallerySessions", "gal-1733500000-abc123")).toMatchObject({
      name: "Morning Demo",
      userComposition: "Looking for elegant evening wear...",
      savedProducts: ["product-0"],
      createdAt: "2024-12-06T09:30:00.123Z",
    });
    const images = [...store.scan("galleryImages")].sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
    expect(images.map(({ number, x, productName }) => [number, x, productName])).toEqual([
      [1, 44, "Neverfull MM"],
      [2, 44, "Neverfull MM"],
      [3, 0, ""],
    ]);
    expect(images.every(({ blob }) => blob !== undefined)).toBe(true);
  });

  it("goes on where a run that was cut off stopped", async () => {
    await writeOldApps(old);
    const dataDir = join(folder.path, "data");
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
    await expect(importOld(true, failing)).rejects.toThrow("cut off");
    await cut.close();
    const again = await openFileStore({ dataDir });
    await importOld(true, again);
    await importOld(true, store);
    const ids = (from: Store) => everything(from).map(([name, id]) => `${name}/${id}`);
    expect(ids(again).sort()).toEqual(ids(store).sort());
    await again.close();
    expect(existsSync(join(dataDir, "generated", "content-a.png"))).toBe(true);
  });
});

describe("galleries of other shapes", () => {
  const imagesOf = (sessionId: string) =>
    [...store.scan("galleryImages")]
      .filter((image) => image.sessionId === sessionId)
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));

  it("reads an index by id, a session of its own, base64 and images whose file is gone", async () => {
    const index = {
      "gal-1": { name: "", created_at: "2024-12-06T09:30:00+02:00", image_count: 2, mood: "calm" },
    };
    writeOld(old, "gallery/sessions.json", { sessions: index });
    const image_data = (await oldPicture(1)).toString("base64");
    const images = [
      { id: "img-004", directive: "Quiet harbour", image_data, x: 12.5 },
      { id: "img-005", directive: "Quiet harbour", product_id: null },
    ];
    writeOld(old, "gallery/gal-1/metadata.json", { images });
    writeOld(old, "gallery/notes/readme.txt", "not a session");
    const report = await importOld(true);
    expect(totals(report)).toMatchObject({ added: 3, unusable: [], missing: ["img-005"] });
    expect(report.files.find(({ kind }) => kind === "gallery session")?.notes).toEqual([
      'the field "mood" has no place here and is left out (1 entry)',
    ]);
    expect(store.get("gallerySessions", "gal-1")).toMatchObject({
      name: "2024-12-06 Quiet harbour",
      createdAt: "2024-12-06T07:30:00.000Z",
      directivesUsed: ["Quiet harbour"],
    });
    expect(imagesOf("gal-1")).toMatchObject([{ number: 4, x: 12.5, blob: { width: 24 } }, { number: 5 }]);
    const { seq } = store.cursor();
    expect(totals(await importOld(true))).toMatchObject({ added: 0, present: 3 });
    expect(store.cursor().seq).toBe(seq);
  });

  it("reads an unpacked export of a session, and passes over metadata of something else", async () => {
    const session = {
      id: "gal-2",
      name: "Demo",
      created_at: "2024-12-06T09:30:00.000Z",
      directives_used: [],
    };
    writeOld(old, "demo/metadata.json", { session, images: [{ id: "img-001", filename: "img_001.png" }] });
    writeOld(old, "demo/img_001.png", await oldPicture(1));
    writeOld(old, "site/metadata.json", { title: "A page", icons: [] });
    writeOld(old, "site/logo.png", await oldPicture(2));
    const report = await importOld(true);
    expect(report.files.map(({ file, added }) => [file, added])).toEqual([["demo", 2]]);
    expect(imagesOf("gal-2")).toMatchObject([{ number: 1, blob: { height: 16 } }]);
  });

  it("adds images to a session that the studio has without taking numbers twice", async () => {
    const create = (collection: "gallerySessions" | "galleryImages", id: string, set: object) =>
      ({ collection, id, op: "create", set: { ...set } }) as const;
    await store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [
        create("gallerySessions", "gal-3", {}),
        create("galleryImages", "img-x", { sessionId: "gal-3" }),
      ],
    });
    writeOld(old, "gallery/gal-3/img_001.png", await oldPicture(1));
    await importOld(true);
    expect(imagesOf("gal-3").map(({ number, blob }) => [number, blob !== undefined])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});

describe("what an import finds in the way", () => {
  it("reads the .backup of a damaged history and says so", async () => {
    const path = writeOld(old, "job_history.json", { jobs: [await oldJob(1), await oldJob(2)] });
    writeOld(old, "job_history.json.backup", { jobs: [await oldJob(1)] });
    truncateSync(path, 300);
    const [file] = (await importOld(true)).files;
    expect(file).toMatchObject({ added: 1, unusable: [] });
    expect(file?.notes[0]).toMatch(
      /it is damaged .*; job_history\.json\.backup, the version before, was read/,
    );
    expect(store.get("jobs", "job-1")).toBeDefined();
  });

  it("names each entry that does not fit, and takes the rest", async () => {
    const bad = [{ id: "../x" }, "text", await oldJob(4, { createdAt: -1 }), await oldJob(5)];
    writeOld(old, "job_history.json", { jobs: bad });
    const contents = [
      oldContent("c-1"),
      { id: "c-2", type: "sound" },
      { id: "c-3", config: { constructor: 1 } },
    ];
    writeOld(old, "content.json", contents);
    const report = await importOld(true);
    expect(totals(report).added).toBe(2);
    expect(totals(report).unusable.map(({ entry, reason }) => `${entry}: ${reason}`)).toEqual([
      expect.stringContaining("jobs[0] (../x): /id"),
      expect.stringContaining("jobs[1]:"),
      expect.stringContaining("jobs[2] (job-4): /createdAt"),
      expect.stringContaining("[1] (c-2): /type"),
      expect.stringContaining("[2] (c-3): /config/constructor"),
    ]);
  });

  it("takes an entry without its picture when that is damaged, too large or missing, and completes it later", async () => {
    writeOld(old, "content.json", [oldContent("c-1"), oldContent("c-2"), oldContent("c-3")]);
    writeOld(old, "generated/c-1.png", (await oldPicture(1)).subarray(0, 300));
    writeOld(old, "generated/c-2.png", await makePicture({ format: "png", width: 200, height: 100 }));
    const first = (await importOld(true)).files[0];
    expect(first?.added).toBe(3);
    expect(first?.missingPictures.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("cannot be decoded"),
      expect.stringContaining("20000 pixels; at most 10000"),
      "there is no file generated/c-3.png",
    ]);
    writeOld(old, "generated/c-3.png", await oldPicture(3));
    const second = (await importOld(true)).files[0];
    expect(second).toMatchObject({ added: 0, completed: 1, present: 2 });
    expect(store.get("contents", "c-3")).toMatchObject({ rev: 2, blob: { width: 24 } });
  });

  it("gives a job whose id another job has a second one, the same in every run", async () => {
    writeOld(old, "a/job_history.json", { jobs: [await oldJob(1)] });
    writeOld(old, "b/job_history.json", { jobs: [await oldJob(1, { createdAt: 5, prompt: "another" })] });
    await importOld(true);
    await importOld(true);
    const jobs = [...store.scan("jobs")];
    expect(jobs.map(({ prompt }) => prompt).sort()).toEqual(["another", "heroic knight 1"]);
    expect(jobs.map(({ rev }) => rev)).toEqual([1, 1]);
  });

  it("leaves what somebody changed or deleted in the studio as it is", async () => {
    writeOld(old, "content.json", [oldContent("c-1"), oldContent("c-2")]);
    await importOld(true);
    await store.commit({
      by: "test",
      actor: "client",
      atomicity: "all",
      steps: [
        { collection: "contents", id: "c-1", op: "update", set: { title: "Mine" } },
        { collection: "contents", id: "c-2", op: "delete" },
      ],
    });
    expect(totals(await importOld(true))).toMatchObject({ added: 0, present: 2 });
    expect(store.get("contents", "c-1")).toMatchObject({ rev: 2, title: "Mine" });
    expect(store.get("contents", "c-2")?.deletedAt).toBeDefined();
  });

  it("tells two models of one base apart by their LoRA and time", async () => {
    const later = { loraId: "lora-2", createdAt: "2025-02-02T03:04:05.000Z", colour: "red" };
    writeOld(old, "models.json", { models: [oldModel(), oldModel(later), oldModel()] });
    const [file] = (await importOld(true)).files;
    expect(file).toMatchObject({ added: 2, present: 1 });
    expect(file?.notes).toEqual(['the field "colour" has no place here and is left out (1 entry)']);
  });

  it("refuses documents and folders of Safelight itself, with what to do instead", async () => {
    const dataDir = join(old, "studio");
    const own = await openFileStore({ dataDir });
    await own.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "contents", id: "c-1", op: "create", set: {} }],
    });
    await own.close();
    writeOld(old, "copy/content.json", readFileSync(join(dataDir, "content.json")));
    const report = await importOld(true);
    expect(report.refused).toEqual([
      { file: "studio", reason: expect.stringContaining("data folder of Safelight itself") },
    ]);
    expect(report.files[0]?.unusable).toEqual([
      { entry: "the file", reason: expect.stringContaining("document of Safelight itself") },
    ]);
    expect(store.cursor().seq).toBe(0);
  });

  it("follows no link and no path out of the source", async () => {
    const outside = join(folder.path, "outside");
    writeOld(outside, "secret.png", await oldPicture(9));
    writeOld(outside, "more/content.json", [oldContent("c-9")]);
    const escaping = { url: "/api/generated/../../outside/secret.png", filename: "../../outside/secret.png" };
    writeOld(old, "content.json", [oldContent("c-1", escaping), oldContent("c-2", { filename: "link.png" })]);
    mkdirSync(join(old, "generated"));
    symlinkSync(join(outside, "secret.png"), join(old, "generated", "link.png"));
    symlinkSync(join(outside, "more"), join(old, "more"));
    const report = await importOld(true);
    expect(report.refused.map(({ file }) => file)).toEqual(["more"]);
    expect(totals(report)).toMatchObject({ added: 2, missing: ["[0] (c-1)", "[1] (c-2)"] });
    expect([...store.scan("contents")].filter(({ blob }) => blob !== undefined)).toEqual([]);
  });

  it("imports one file by its name, and says what is none", async () => {
    const path = writeOld(old, "job_history.json", { jobs: [await oldJob(1)] });
    writeOld(old, "content.json", [oldContent("c-1", { url: await oldDataUrl(3) })]);
    expect(totals(await importOld(true, store, path))).toMatchObject({ added: 1 });
    expect(store.count("contents")).toBe(1);
    const other = writeOld(old, "notes.json", {});
    expect((await importOld(true, store, other)).refused).toMatchObject([{ file: "notes.json" }]);
  });
});
