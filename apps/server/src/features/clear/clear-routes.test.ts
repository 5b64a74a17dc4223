import {
  chmodSync,
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { COLLECTION_NAMES, type CollectionName } from "@safelight/shared";
import type { PlannedStep } from "@safelight/store";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { makePicture } from "../../../testing/pictures.ts";
import { useDiskStudio } from "../../../testing/use-disk-studio.ts";

const studio = useDiskStudio();

const commit = (...steps: readonly PlannedStep[]) =>
  studio.store.commit({ by: "test", actor: "server", atomicity: "all", steps });
const create = (collection: CollectionName, id: string, set = {}): PlannedStep => ({
  collection,
  id,
  op: "create",
  set,
});
const clear = () => studio.server.request.post("/api/clear").send({ confirm: "clear all data" });
const undo = (which: object) => studio.server.request.post("/api/clear/undo").send(which);
const backups = () => join(studio.path, "backups");

/** What the studio shows of each record, but for what a deletion and a restore count up. */
function live(): Record<string, unknown> {
  const records: Record<string, unknown> = {};
  for (const collection of COLLECTION_NAMES) {
    for (const { rev: _rev, updatedAt: _updatedAt, ...record } of studio.store.scan(collection)) {
      if (!("deletedAt" in record)) records[`${collection}/${record.id}`] = record;
    }
  }
  return records;
}

/** A studio with records of several kinds, a picture and something in the trash. Answers the picture's hash. */
async function fill(): Promise<string> {
  const png = await makePicture({ format: "png", width: 40, height: 30 });
  const blob = await studio.store.blobs.write(
    (async function* bytes() {
      yield png;
    })(),
  );
  await commit(
    create("styles", "style-1", { name: "Ink" }),
    create("contents", "content-1", { blob, prompt: "a lighthouse" }),
    create("contents", "content-old"),
    create("gallerySessions", "gal-1", { name: "Demo" }),
    create("galleryImages", "img-1", { sessionId: "gal-1" }),
    create("jobs", "job-done", { kind: "image", provider: "nobody", status: "succeeded" }),
  );
  await commit({ collection: "contents", id: "content-old", op: "delete" });
  return blob.sha256;
}

describe("clearing all data", () => {
  it("asks for its very words", async () => {
    await fill();
    await studio.server.request.post("/api/clear").send({ confirm: "yes" }).expect(400);
    await studio.server.request.post("/api/clear").send({}).expect(400);
    expect(Object.keys(live())).toHaveLength(5);
  });

  it("makes a verified backup, moves everything to the trash, and can be undone exactly", async () => {
    const sha256 = await fill();
    const before = live();
    const { body } = await clear().expect(200);
    expect(body).toMatchObject({
      total: 5,
      cleared: { styles: 1, contents: 1, gallerySessions: 1, galleryImages: 1, jobs: 1 },
      kept: { jobsAtWork: 0, changedMeanwhile: 0 },
      seq: 3,
      backup: { seq: 2, records: 6, blobs: 1, missingBlobs: 0 },
      undo: { path: "/api/clear/undo", body: { backup: body.backup.name } },
    });
    expect(live()).toEqual({});
    const zip = await JSZip.loadAsync(readFileSync(join(backups(), body.backup.name)), { checkCRC32: true });
    const contents = JSON.parse((await zip.file("records/contents.json")?.async("text")) ?? "");
    expect(contents).toMatchObject({
      collection: "contents",
      seq: 2,
      records: [{ id: "content-1" }, { id: "content-old" }],
    });
    expect(await zip.file(`blobs/${sha256.slice(0, 2)}/${sha256}.png`)?.async("nodebuffer")).toEqual(
      await makePicture({ format: "png", width: 40, height: 30 }),
    );

    const undone = await undo({ backup: body.backup.name }).expect(200);
    expect(undone.body).toEqual({ backup: body.backup.name, restored: 5, purged: 0, untouched: 0 });
    expect(live()).toEqual(before);
    expect(studio.store.get("contents", "content-old")?.deletedAt).toBeDefined();
    expect((await undo({ backup: body.backup.name }).expect(200)).body).toMatchObject({
      restored: 0,
      untouched: 5,
    });
  });

  it("is undone after a restart too, by its seq, without what was deleted before or since", async () => {
    await fill();
    const { body } = await clear().expect(200);
    await commit({ collection: "styles", id: "style-1", op: "restore" });
    await new Promise((resolve) => setTimeout(resolve, 2));
    await commit({ collection: "styles", id: "style-1", op: "delete" });
    await studio.server.request
      .post("/api/trash/purge")
      .send({ items: [{ collection: "jobs", id: "job-done" }] })
      .expect(200);
    await studio.restart();
    const undone = await undo({ seq: body.seq }).expect(200);
    expect(undone.body).toMatchObject({ restored: 3, purged: 1, untouched: 1 });
    expect(Object.keys(live()).sort()).toEqual([
      "contents/content-1",
      "galleryImages/img-1",
      "gallerySessions/gal-1",
    ]);
    expect((await undo({ seq: 1 }).expect(404)).body.code).toBe("clear.missing");
    await undo({ backup: "../../secrets.json" }).expect(400);
  });

  it("works in commits of bounded size and leaves jobs at work alone", async () => {
    const ids = Array.from({ length: 1001 }, (_, at) => `style-${at}`);
    await commit(...ids.map((id) => create("styles", id, { name: id })));
    await commit(create("jobs", "job-paid", { kind: "training", provider: "nobody", status: "running" }));
    const { body } = await clear().expect(200);
    expect(body).toMatchObject({ total: 1001, kept: { jobsAtWork: 1 }, seq: body.backup.seq + 3 });
    expect(Object.keys(live())).toEqual(["jobs/job-paid"]);
    expect((await undo({ seq: body.seq }).expect(200)).body.restored).toBe(1001);
  });

  it("leaves budgets, what was spent and preferences as they are", async () => {
    await commit(
      create("styles", "style-1", { name: "Ink" }),
      create("budgets", "budget-1", { usd: 5, per: "total" }),
      create("expenses", "expense-1", {
        jobId: "job-purged",
        time: 1,
        provider: "fal",
        kind: "image",
        charge: { state: "reported", usd: 2 },
      }),
      create("preferences", "preferences-studio", { queuePaused: true }),
    );
    const { body } = await clear().expect(200);
    expect(body).toMatchObject({ cleared: { styles: 1 }, total: 1 });
    expect(Object.keys(live()).toSorted()).toEqual([
      "budgets/budget-1",
      "expenses/expense-1",
      "preferences/preferences-studio",
    ]);
  });

  it("clears nothing when the backup cannot be verified, and keeps no half of one", async () => {
    const sha256 = await fill();
    const name = readdirSync(join(studio.path, "blobs", sha256.slice(0, 2))).find((file) =>
      file.startsWith(sha256),
    );
    const path = join(studio.path, "blobs", sha256.slice(0, 2), name ?? "");
    chmodSync(path, 0o600);
    const file = openSync(path, "r+");
    writeSync(file, Buffer.from([0]), 0, 1, 200);
    closeSync(file);
    const before = studio.store.cursor().seq;
    const { body } = await clear().expect(409);
    expect(body).toMatchObject({ code: "backup.unverified", detail: expect.stringContaining(sha256) });
    expect(studio.store.cursor().seq).toBe(before);
    expect(readdirSync(backups())).toEqual([]);
  });

  it("backs up what is there when a blob is lost, and says how many are", async () => {
    await commit(
      create("contents", "content-1", { blob: { sha256: "a".repeat(64), sizeBytes: 1, mime: "image/png" } }),
    );
    expect((await clear().expect(200)).body.backup).toMatchObject({ blobs: 0, missingBlobs: 1 });
  });

  it("takes back what a clear deleted that a crash cut off before it could note so", async () => {
    await fill();
    const before = live();
    const { body } = await clear().expect(200);
    const log = join(backups(), `${body.backup.name}.clear.ndjson`);
    const [plan = ""] = readFileSync(log, "utf8").split("\n");
    writeFileSync(log, `${plan}\n{"done":0,"se`);
    expect((await undo({ backup: body.backup.name }).expect(200)).body.restored).toBe(5);
    expect(live()).toEqual(before);
  });
});

describe("backups", () => {
  it("take away what a crash left of an older one", async () => {
    await studio.server.request.post("/api/backups").expect(201);
    for (const name of [".safelight-old-1.zip.partial", ".safelight-new-2.zip.partial"]) {
      writeFileSync(join(backups(), name), "half");
    }
    const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    utimesSync(join(backups(), ".safelight-old-1.zip.partial"), longAgo, longAgo);
    await studio.server.request.post("/api/backups").expect(201);
    expect(readdirSync(backups()).filter((name) => name.endsWith(".partial"))).toEqual([
      ".safelight-new-2.zip.partial",
    ]);
  });

  it("are made and listed, newest first, damaged ones as such", async () => {
    expect((await studio.server.request.get("/api/backups").expect(200)).body).toEqual({
      items: [],
      damaged: [],
    });
    await fill();
    const first = (await studio.server.request.post("/api/backups").expect(201)).body;
    await commit(create("styles", "style-2", { name: "Oil" }));
    const second = (await studio.server.request.post("/api/backups").expect(201)).body;
    writeFileSync(
      join(backups(), "safelight-cut.zip"),
      readFileSync(join(backups(), first.name)).subarray(0, 500),
    );
    const { items, damaged } = (await studio.server.request.get("/api/backups").expect(200)).body;
    expect(items).toEqual([second, first]);
    expect(damaged).toEqual([{ name: "safelight-cut.zip", sizeBytes: 500, problem: expect.any(String) }]);
  });
});
