import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { muxClip } from "../../../testing/mux-clip.ts";
import { makeClip, makePicture } from "../../../testing/pictures.ts";
import { makeTempDir } from "../../../testing/temp-dir.ts";

const MAX_UPLOAD_BYTES = 512 * 1024;

let server: TestApp;
let folder: ReturnType<typeof makeTempDir>;

const start = async () => {
  folder = makeTempDir();
  const config = { dataDir: folder.path, maxUploadBytes: MAX_UPLOAD_BYTES, maxPixels: 250_000 };
  server = await createTestApp({ config });
};
const stop = async () => {
  await server.close();
  folder.remove();
};

type Files = readonly (readonly [name: string, bytes: Buffer])[];

function upload(files: Files) {
  let call = server.request.post("/api/uploads");
  for (const [name, bytes] of files) call = call.attach("files", bytes, name);
  return call;
}

describe("POST /api/uploads", () => {
  beforeEach(start);
  afterEach(stop);

  it("takes several files in one commit and leaves their bytes as they are", async () => {
    const photo = await makePicture({ format: "jpeg", width: 120, height: 80, orientation: 6 });
    const clip = makeClip();
    const before = server.store.cursor().seq;
    const answer = await upload([
      ["Beach at Dusk.JPG", photo],
      ["clip.bin", clip],
    ]).expect(201);

    expect(server.store.cursor().seq - before).toBe(1);
    expect(answer.body.files).toHaveLength(2);
    const [first, second] = answer.body.files;
    expect(first.filename).toMatch(/^beach-at-dusk-[0-9a-f]{12}\.jpg$/);
    expect(first.blob).toMatchObject({
      mime: "image/jpeg",
      width: 80,
      height: 120,
      name: "Beach at Dusk.JPG",
    });
    expect(server.store.get("contents", first.id)).toMatchObject({ type: "image", origin: "upload" });
    expect(server.store.get("contents", second.id)).toMatchObject({
      type: "video",
      blob: { mime: "video/mp4" },
    });

    const served = await server.request.get(first.url).responseType("blob").expect(200);
    expect(photo.equals(served.body)).toBe(true);
    expect(served.headers["content-type"]).toBe("image/jpeg");
    expect(served.headers["cache-control"]).toBe("private, no-cache");
    expect(served.headers["content-disposition"]).toBe(`inline; filename="${first.filename}"`);
    await server.request
      .get(first.url)
      .set("if-none-match", served.headers["etag"] ?? "")
      .expect(304);
    await server.request.head(first.url).expect(200);
    await server.request.get(`/api/generated/${first.filename}`).expect(404);
    expect(readdirSync(join(folder.path, "cache", "incoming"))).toEqual([]);
  });

  it.each(["png", "webp", "gif", "avif"] as const)(
    "types a %s by its bytes, whatever its name",
    async (format) => {
      const picture = await makePicture({ format, width: 32, height: 24 });
      const answer = await upload([["picture.txt", picture]]).expect(201);
      expect(answer.body.files[0].blob).toMatchObject({ mime: `image/${format}`, width: 32, height: 24 });
    },
  );

  it("takes a name for a label, never for a path", async () => {
    const picture = await makePicture({ format: "png", width: 8, height: 8 });
    const answer = await upload([["../../../etc/pass wd.png", picture]]).expect(201);
    expect(answer.body.files[0].blob.name).toBe("pass wd.png");
    expect(answer.body.files[0].filename).toMatch(/^pass-wd-[0-9a-f]{12}\.png$/);
  });

  it("keeps nothing of an upload whose sender goes away, nor of one that a crash cut off", async () => {
    const incoming = join(folder.path, "cache", "incoming");
    const boundary = "cut";
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="f"; filename="a.png"\r\n\r\n`;
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/uploads HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-length: 100000\r\n` +
        `content-type: multipart/form-data; boundary=${boundary}\r\n\r\n${head}`,
    );
    socket.write(Buffer.alloc(5000, 1));
    await expect.poll(() => existsSync(incoming) && readdirSync(incoming).length).toBe(1);
    socket.destroy();
    await expect.poll(() => readdirSync(incoming)).toEqual([]);
    expect(server.store.cursor().seq).toBe(0);

    mkdirSync(join(incoming, "upload-left-behind"));
    const { store } = server;
    await server.app.close();
    server = await createTestApp({ store, config: { dataDir: folder.path } });
    expect(existsSync(incoming)).toBe(false);
  });

  it("takes a moving PNG for a picture", async () => {
    // A frame count (acTL) behind the header of a plain PNG makes it an animated one of a single frame.
    const plain = await makePicture({ format: "png", width: 16, height: 16 });
    const body = Buffer.from("acTL\0\0\0\x01\0\0\0\0", "latin1");
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    const frames = Buffer.concat([Buffer.from([0, 0, 0, 8]), body, sum]);
    const moving = Buffer.concat([plain.subarray(0, 33), frames, plain.subarray(33)]);
    const answer = await upload([["a.png", moving]]).expect(201);
    expect(answer.body.files[0].blob).toMatchObject({ mime: "image/apng", width: 16, height: 16 });
    const served = await server.request.get(answer.body.files[0].url).expect(200);
    expect(served.headers["content-disposition"]).toMatch(/^inline; filename="a-[0-9a-f]{12}\.png"$/);
  });

  it("takes a QuickTime clip, which is shown like any other", async () => {
    const clip = await muxClip("mov", { width: 64, height: 36, seconds: 1 });
    const { body } = await upload([["IMG 0001.MOV", clip]]).expect(201);
    const [kept] = body.files;
    expect(kept.blob).toMatchObject({ mime: "video/quicktime", width: 64, height: 36, durationMs: 1000 });
    expect(server.store.get("contents", kept.id)).toMatchObject({ type: "video" });
    const served = await server.request.get(kept.url).expect(200);
    expect(served.headers["content-type"]).toBe("video/quicktime");
    expect(served.headers["content-disposition"]).toMatch(/^inline; filename="img-0001-[0-9a-f]{12}\.mov"$/);
  });

  it("refuses more files than it takes at once", async () => {
    const pixel = await makePicture({ format: "png", width: 1, height: 1 });
    const answer = await upload(Array.from({ length: 101 }, (_, index) => [`${index}.png`, pixel])).expect(
      413,
    );
    expect(answer.body).toMatchObject({ code: "upload.too-many-files" });
    expect(server.store.cursor().seq).toBe(0);
  });

  it("refuses a form with a field that it does not know, without any part, and a body that is no form", async () => {
    const empty = await fetch(`${server.url}/api/uploads`, { method: "POST", body: new FormData() });
    expect(empty.status).toBe(400);
    expect(await empty.json()).toMatchObject({ code: "upload.no-files" });
    const field = await upload([]).field("note", "x").expect(400);
    expect(field.body).toMatchObject({ code: "request.invalid", errors: [{ path: "/note" }] });
    const json = await server.request.post("/api/uploads").send({ file: "x" }).expect(415);
    expect(json.body).toMatchObject({ code: "body.media-type" });
  });
});

describe("readable names", () => {
  beforeEach(start);
  afterEach(stop);

  it("serve generated contents and follow deletes, restores and other bytes", async () => {
    const store = server.store;
    const commit = (steps: Parameters<typeof store.commit>[0]["steps"]) =>
      store.commit({ by: "test", actor: "server", atomicity: "all", steps });
    const keep = (bytes: Buffer) =>
      store.blobs.write(
        (async function* once() {
          yield bytes;
        })(),
      );
    const first = await keep(await makePicture({ format: "png", width: 8, height: 8, seed: 1 }));
    const second = await keep(await makePicture({ format: "png", width: 8, height: 8, seed: 2 }));
    const id = "content-1";
    const set = { filename: "sea at night.png", blob: first };
    await commit([{ collection: "contents", id, op: "create", set }]);
    const url = "/api/generated/sea%20at%20night.png";
    const etagOf = async () => (await server.request.get(url)).headers["etag"];
    expect(await etagOf()).toBe(`"${first.sha256}"`);
    await commit([{ collection: "contents", id, op: "update", set: { blob: second } }]);
    expect(await etagOf()).toBe(`"${second.sha256}"`);
    await commit([{ collection: "contents", id, op: "delete" }]);
    await server.request.get(url).expect(404);
    await commit([{ collection: "contents", id, op: "restore" }]);
    expect(await etagOf()).toBe(`"${second.sha256}"`);
    await commit([{ op: "purge", collection: "contents", id }]);
    await server.request.get(url).expect(404);
  });

  it.each([
    ["..%2f..%2fjobs.json", 400],
    ["%2e%2e%2fjobs.json", 400],
    ["a/..%2f..%2fb.png", 400],
    ["..%5c..%5cjobs.json", 400],
    ["a%00.png", 400],
    ["%2fetc%2fpasswd", 400],
    ["sub/folder/none.png", 404],
    ["none.png", 404],
  ])("answer /api/uploads/%s with a problem", async (name, status) => {
    for (const group of ["uploads", "generated"]) {
      const answer = await server.request.get(`/api/${group}/${name}`).expect(status);
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    }
  });
});

describe("what uploads refuse", () => {
  beforeAll(start);
  afterAll(stop);

  const cases: [string, () => Promise<Files>, number, string][] = [
    ["an empty file", async () => [["empty.png", Buffer.alloc(0)]], 400, "upload.empty"],
    ["text renamed .png", async () => [["notes.png", Buffer.from("just text")]], 415, "upload.not-media"],
    [
      "SVG",
      async () => [["a.svg", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")]],
      415,
      "upload.not-media",
    ],
    [
      "text like an old clip",
      async () => [["a.mov", Buffer.from("tax-free is not a clip")]],
      415,
      "upload.not-media",
    ],
    ["HTML", async () => [["a.png", Buffer.from("<!doctype html><p>x</p>")]], 415, "upload.not-media"],
    [
      "a picture cut off",
      async () => {
        const whole = await makePicture({ format: "png", width: 200, height: 200 });
        return [["cut.png", whole.subarray(0, whole.byteLength / 2)]];
      },
      422,
      "picture.unreadable",
    ],
    [
      "a picture that is a header alone",
      async () => {
        const whole = await makePicture({ format: "jpeg", width: 200, height: 200 });
        return [["head.jpg", whole.subarray(0, 40)]];
      },
      422,
      "picture.unreadable",
    ],
    [
      "too many pixels in few bytes",
      async () => {
        const create = { width: 3000, height: 3000, channels: 3 as const, background: "#000" };
        return [["bomb.png", await sharp({ create }).png().toBuffer()]];
      },
      422,
      "picture.too-large",
    ],
    [
      "a file past the limit",
      async () => [["large.png", Buffer.alloc(MAX_UPLOAD_BYTES + 1, 1)]],
      413,
      "upload.too-large",
    ],
  ];

  it.each(cases)("refuses %s, and with it the whole form", async (_name, files, status, code) => {
    const before = server.store.cursor();
    const bad = await files();
    const picture = await makePicture({ format: "png", width: 16, height: 16, seed: 7 });
    const answer = await upload([["good.png", picture], ...bad, ["last.png", picture]]).expect(status);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.body.errors[0].path).toBe(bad[0]?.[0]);
    expect(server.store.cursor()).toEqual(before);
    // The good file beside the bad one was not kept either.
    expect(await server.store.blobs.stat(createHash("sha256").update(picture).digest("hex"))).toBeUndefined();
    expect(readdirSync(join(folder.path, "cache", "incoming"))).toEqual([]);
  });
});
