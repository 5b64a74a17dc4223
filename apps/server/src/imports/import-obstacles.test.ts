import { mkdirSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { openFileStore } from "@safelight/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createImportBench, type ImportBench, totalsOf } from "../../testing/import-bench.ts";
import { oldContent, oldDataUrl, oldJob, oldModel, oldPicture, writeOld } from "../../testing/old-folders.ts";
import { makePicture } from "../../testing/pictures.ts";

let bench: ImportBench;

beforeEach(() => {
  bench = createImportBench();
});

afterEach(() => bench.close());

describe("what an import finds in the way", () => {
  it("reads the .backup of a damaged history and says so", async () => {
    const path = writeOld(bench.old, "job_history.json", { jobs: [await oldJob(1), await oldJob(2)] });
    writeOld(bench.old, "job_history.json.backup", { jobs: [await oldJob(1)] });
    truncateSync(path, 300);
    const [file] = (await bench.importOld(true)).files;
    expect(file).toMatchObject({ added: 1, unusable: [] });
    expect(file?.notes[0]).toMatch(
      /it is damaged .*; job_history\.json\.backup, the version before, was read/,
    );
    expect(bench.store.get("jobs", "job-1")).toBeDefined();
  });

  it("names each entry that does not fit, and takes the rest", async () => {
    const bad = [{ id: "../x" }, "text", await oldJob(4, { createdAt: -1 }), await oldJob(5)];
    writeOld(bench.old, "job_history.json", { jobs: bad });
    const contents = [
      oldContent("c-1"),
      { id: "c-2", type: "sound" },
      { id: "c-3", config: { constructor: 1 } },
    ];
    writeOld(bench.old, "content.json", contents);
    const report = await bench.importOld(true);
    expect(totalsOf(report).added).toBe(2);
    expect(totalsOf(report).unusable.map(({ entry, reason }) => `${entry}: ${reason}`)).toEqual([
      expect.stringContaining("jobs[0] (../x): /id"),
      expect.stringContaining("jobs[1]:"),
      expect.stringContaining("jobs[2] (job-4): /createdAt"),
      expect.stringContaining('[1] (c-2): /type Expected "image" or "video"'),
      expect.stringContaining("[2] (c-3): /config/constructor"),
    ]);
  });

  it("takes an entry without its picture when that is damaged, too large or missing, and completes it later", async () => {
    writeOld(bench.old, "content.json", [oldContent("c-1"), oldContent("c-2"), oldContent("c-3")]);
    writeOld(bench.old, "generated/c-1.png", (await oldPicture(1)).subarray(0, 300));
    writeOld(bench.old, "generated/c-2.png", await makePicture({ format: "png", width: 200, height: 100 }));
    const first = (await bench.importOld(true)).files[0];
    expect(first?.added).toBe(3);
    expect(first?.missingPictures.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("cannot be decoded"),
      expect.stringContaining("20000 pixels; at most 10000"),
      "there is no file generated/c-3.png",
    ]);
    writeOld(bench.old, "generated/c-3.png", await oldPicture(3));
    const second = (await bench.importOld(true)).files[0];
    expect(second).toMatchObject({ added: 0, completed: 1, present: 2 });
    expect(bench.store.get("contents", "c-3")).toMatchObject({ rev: 2, blob: { width: 24 } });
  });

  it("gives a job whose id another job has a second one, the same in every run", async () => {
    writeOld(bench.old, "a/job_history.json", { jobs: [await oldJob(1)] });
    writeOld(bench.old, "b/job_history.json", {
      jobs: [await oldJob(1, { createdAt: 5, prompt: "another" })],
    });
    await bench.importOld(true);
    await bench.importOld(true);
    const jobs = [...bench.store.scan("jobs")];
    expect(jobs.map(({ prompt }) => prompt).sort()).toEqual(["another", "heroic knight 1"]);
    expect(jobs.map(({ rev }) => rev)).toEqual([1, 1]);
  });

  it("leaves what somebody changed or deleted in the studio as it is", async () => {
    writeOld(bench.old, "content.json", [oldContent("c-1"), oldContent("c-2")]);
    await bench.importOld(true);
    await bench.store.commit({
      by: "test",
      actor: "client",
      atomicity: "all",
      steps: [
        { collection: "contents", id: "c-1", op: "update", set: { title: "Mine" } },
        { collection: "contents", id: "c-2", op: "delete" },
      ],
    });
    expect(totalsOf(await bench.importOld(true))).toMatchObject({ added: 0, present: 2 });
    expect(bench.store.get("contents", "c-1")).toMatchObject({ rev: 2, title: "Mine" });
    expect(bench.store.get("contents", "c-2")?.deletedAt).toBeDefined();
  });

  it("tells two models of one base apart by their LoRA and time", async () => {
    const later = { loraId: "lora-2", createdAt: "2025-02-02T03:04:05.000Z", colour: "red" };
    writeOld(bench.old, "models.json", { models: [oldModel(), oldModel(later), oldModel()] });
    const [file] = (await bench.importOld(true)).files;
    expect(file).toMatchObject({ added: 2, present: 1 });
    expect(file?.notes).toEqual(['the field "colour" has no place here and is left out (1 entry)']);
  });

  it("refuses documents and folders of Safelight itself, with what to do instead", async () => {
    const dataDir = join(bench.old, "studio");
    const own = await openFileStore({ dataDir });
    await own.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "contents", id: "c-1", op: "create", set: {} }],
    });
    await own.close();
    writeOld(bench.old, "copy/content.json", readFileSync(join(dataDir, "content.json")));
    const report = await bench.importOld(true);
    expect(report.refused).toEqual([
      { file: "studio", reason: expect.stringContaining("data folder of Safelight itself") },
    ]);
    expect(report.files[0]?.unusable).toEqual([
      { entry: "the file", reason: expect.stringContaining("document of Safelight itself") },
    ]);
    expect(bench.store.cursor().seq).toBe(0);
  });

  it("follows no link and no path out of the source", async () => {
    const outside = join(bench.folder, "outside");
    writeOld(outside, "secret.png", await oldPicture(9));
    writeOld(outside, "more/content.json", [oldContent("c-9")]);
    const escaping = { url: "/api/generated/../../outside/secret.png", filename: "../../outside/secret.png" };
    writeOld(bench.old, "content.json", [
      oldContent("c-1", escaping),
      oldContent("c-2", { filename: "link.png" }),
    ]);
    mkdirSync(join(bench.old, "generated"));
    symlinkSync(join(outside, "secret.png"), join(bench.old, "generated", "link.png"));
    symlinkSync(join(outside, "more"), join(bench.old, "more"));
    const report = await bench.importOld(true);
    expect(report.refused.map(({ file }) => file)).toEqual(["more"]);
    expect(totalsOf(report)).toMatchObject({ added: 2, missing: ["[0] (c-1)", "[1] (c-2)"] });
    expect([...bench.store.scan("contents")].filter(({ blob }) => blob !== undefined)).toEqual([]);
  });

  it("imports one file by its name, and says what is none", async () => {
    const path = writeOld(bench.old, "job_history.json", { jobs: [await oldJob(1)] });
    writeOld(bench.old, "content.json", [oldContent("c-1", { url: await oldDataUrl(3) })]);
    expect(totalsOf(await bench.importOld(true, bench.store, path))).toMatchObject({ added: 1 });
    expect(bench.store.count("contents")).toBe(1);
    const other = writeOld(bench.old, "notes.json", {});
    expect((await bench.importOld(true, bench.store, other)).refused).toMatchObject([{ file: "notes.json" }]);
  });
});
