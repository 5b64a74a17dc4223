import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeTempDir } from "../../../testing/temp-dir.ts";
import { openUploadStage } from "./stage-upload.ts";

let folder: ReturnType<typeof makeTempDir>;

beforeEach(() => {
  folder = makeTempDir();
});
afterEach(() => folder.remove());

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

it("holds files in order, under clean names, until it is disposed of", async () => {
  let place = "";
  {
    await using stage = await openUploadStage(folder.path, 10);
    await stage.add(chunks("he", "llo"), "C:\\photos\\a\u0000b.png");
    await stage.add(chunks(""), "/etc/passwd");
    expect(stage.files).toMatchObject([
      { name: "ab.png", sizeBytes: 5 },
      { name: "passwd", sizeBytes: 0 },
    ]);
    place = stage.files[0]?.path ?? "";
    expect(readFileSync(place, "utf8")).toBe("hello");
  }
  expect(existsSync(dirname(place))).toBe(false);
  expect(readdirSync(join(folder.path, "incoming"))).toEqual([]);
});

it("takes a file of exactly the limit, and not a byte more", async () => {
  await using stage = await openUploadStage(folder.path, 5);
  await stage.add(chunks("12345"), "a");
  await expect(stage.add(chunks("123", "456"), "b")).rejects.toMatchObject({
    status: 413,
    code: "upload.too-large",
    errors: [{ path: "b" }],
  });
});

it.each(["ENOSPC", "EDQUOT"])("says that the disk is full on %s", async (code) => {
  const full = () =>
    new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("write failed"), { code })),
    });
  await using stage = await openUploadStage(folder.path, 100, full);
  await expect(stage.add(chunks("bytes"), "a")).rejects.toMatchObject({ code: "store.full", status: 507 });
});
