import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createImportBench, type ImportBench, totalsOf } from "../../testing/import-bench.ts";
import { oldPicture, writeOld } from "../../testing/old-folders.ts";

let bench: ImportBench;

beforeEach(() => {
  bench = createImportBench();
});

afterEach(() => bench.close());

describe("galleries of other shapes", () => {
  const imagesOf = (sessionId: string) =>
    [...bench.store.scan("galleryImages")]
      .filter((image) => image.sessionId === sessionId)
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));

  it("reads an index by id, a session of its own, base64 and images whose file is gone", async () => {
    const index = {
      "gal-1": { name: "", created_at: "2024-12-06T09:30:00+02:00", image_count: 2, mood: "calm" },
    };
    writeOld(bench.old, "gallery/sessions.json", { sessions: index });
    const image_data = (await oldPicture(1)).toString("base64");
    const images = [
      { id: "img-004", directive: "Quiet harbour", image_data, x: 12.5 },
      { id: "img-005", directive: "Quiet harbour", product_id: null },
    ];
    writeOld(bench.old, "gallery/gal-1/metadata.json", { images });
    writeOld(bench.old, "gallery/notes/readme.txt", "not a session");
    const report = await bench.importOld(true);
    expect(totalsOf(report)).toMatchObject({ added: 3, unusable: [], missing: ["img-005"] });
    expect(report.files.find(({ kind }) => kind === "gallery session")?.notes).toEqual([
      'the field "mood" has no place here and is left out (1 entry)',
    ]);
    expect(bench.store.get("gallerySessions", "gal-1")).toMatchObject({
      name: "2024-12-06 Quiet harbour",
      createdAt: "2024-12-06T07:30:00.000Z",
      directivesUsed: ["Quiet harbour"],
    });
    expect(imagesOf("gal-1")).toMatchObject([{ number: 4, x: 12.5, blob: { width: 24 } }, { number: 5 }]);
    const { seq } = bench.store.cursor();
    expect(totalsOf(await bench.importOld(true))).toMatchObject({ added: 0, present: 3 });
    expect(bench.store.cursor().seq).toBe(seq);
  });

  it("reads an unpacked export of a session, and passes over metadata of something else", async () => {
    const session = {
      id: "gal-2",
      name: "Demo",
      created_at: "2024-12-06T09:30:00.000Z",
      directives_used: [],
    };
    writeOld(bench.old, "demo/metadata.json", {
      session,
      images: [{ id: "img-001", filename: "img_001.png" }],
    });
    writeOld(bench.old, "demo/img_001.png", await oldPicture(1));
    writeOld(bench.old, "site/metadata.json", { title: "A page", icons: [] });
    writeOld(bench.old, "site/logo.png", await oldPicture(2));
    const report = await bench.importOld(true);
    expect(report.files.map(({ file, added }) => [file, added])).toEqual([["demo", 2]]);
    expect(imagesOf("gal-2")).toMatchObject([{ number: 1, blob: { height: 16 } }]);
  });

  it("adds images to a session that the studio has without taking numbers twice", async () => {
    const create = (collection: "gallerySessions" | "galleryImages", id: string, set: object) =>
      ({ collection, id, op: "create", set: { ...set } }) as const;
    await bench.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [
        create("gallerySessions", "gal-3", {}),
        create("galleryImages", "img-x", { sessionId: "gal-3" }),
      ],
    });
    writeOld(bench.old, "gallery/gal-3/img_001.png", await oldPicture(1));
    await bench.importOld(true);
    expect(imagesOf("gal-3").map(({ number, blob }) => [number, blob !== undefined])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});
