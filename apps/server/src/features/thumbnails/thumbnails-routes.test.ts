import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makeClip, makePicture } from "../../../testing/pictures.ts";
import { makeTempDir } from "../../../testing/temp-dir.ts";

let server: TestApp;
let folder: ReturnType<typeof makeTempDir>;

beforeEach(async () => {
  folder = makeTempDir();
  server = await createTestApp({ config: { dataDir: folder.path, maxPixels: 1_000_000 } });
});
afterEach(async () => {
  await server.close();
  folder.remove();
});

async function keep(bytes: Buffer): Promise<string> {
  async function* once() {
    yield bytes;
  }
  return (await server.store.blobs.write(once())).sha256;
}

const get = (sha256: string, width: number | string) =>
  server.request.get(`/api/thumbnails/${sha256}/${width}`).responseType("blob");

function cachedFiles(): string[] {
  const root = join(folder.path, "cache", "thumbnails");
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".webp"))
    .map((name) => join(root, name));
}

describe("GET /api/thumbnails/:sha256/:width", () => {
  it("is an upright WebP of the width asked for, cached for good", async () => {
    const sha256 = await keep(await makePicture({ format: "jpeg", width: 900, height: 600, orientation: 6 }));
    const answer = await get(sha256, 256).expect(200);
    expect(answer.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    expect(await sharp(answer.body).metadata()).toMatchObject({ format: "webp", width: 256, height: 384 });
    await get(sha256, 256)
      .set("if-none-match", answer.headers["etag"] ?? "")
      .expect(304);
    await expect
      .poll(() => cachedFiles().map((file) => readFileSync(file).equals(answer.body)))
      .toEqual([true]);
    await server.request.head(`/api/thumbnails/${sha256}/256`).expect(200);
  });

  it("never enlarges, and keeps every pixel of a sprite", async () => {
    const sprite = await makePicture({ format: "png", width: 64, height: 48 });
    const answer = await get(await keep(sprite), 1024).expect(200);
    const [made, original] = await Promise.all(
      [answer.body as Buffer, sprite].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer()),
    );
    expect(original?.equals(made ?? Buffer.alloc(0))).toBe(true);
  });

  it("outlives its cache: deleted, torn or made by another process", async () => {
    const sha256 = await keep(await makePicture({ format: "png", width: 400, height: 300 }));
    const first = await get(sha256, 256).expect(200);
    const restart = async () => {
      const { store } = server;
      await server.app.close();
      server = await createTestApp({ store, config: { dataDir: folder.path } });
    };
    await restart();
    expect((await get(sha256, 256).expect(200)).body.equals(first.body)).toBe(true);
    truncateSync(cachedFiles()[0] ?? "", 100);
    await restart();
    expect((await get(sha256, 256).expect(200)).body.equals(first.body)).toBe(true);
    await expect.poll(() => readFileSync(cachedFiles()[0] ?? "").equals(first.body)).toBe(true);
    rmSync(join(folder.path, "cache"), { recursive: true });
    await restart();
    expect((await get(sha256, 256).expect(200)).body.equals(first.body)).toBe(true);
  });

  it("makes many at once, each once", async () => {
    const shas: string[] = [];
    for (let seed = 0; seed < 6; seed += 1) {
      shas.push(await keep(await makePicture({ format: "jpeg", width: 300, height: 200, seed })));
    }
    const answers = await Promise.all([...shas, ...shas, ...shas].map((sha256) => get(sha256, 256)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 18 }, () => 200));
    await expect.poll(() => cachedFiles().length).toBe(6);
  });

  it.each([
    ["a clip", async () => makeClip(), 415, "thumbnail.not-a-picture"],
    ["text", async () => Buffer.from("text"), 415, "thumbnail.not-a-picture"],
    [
      "a broken picture",
      async () => (await makePicture({ format: "png", width: 9, height: 9 })).subarray(0, 30),
      422,
      "picture.unreadable",
    ],
    [
      "too many pixels",
      async () =>
        sharp({ create: { width: 2000, height: 2000, channels: 3, background: "#123" } })
          .png()
          .toBuffer(),
      422,
      "picture.too-large",
    ],
  ] as const)("answers %s with a problem", async (_name, make, status, code) => {
    const sha256 = await keep(await make());
    const answer = await server.request.get(`/api/thumbnails/${sha256}/256`).expect(status);
    expect(answer.body).toMatchObject({ code });
  });

  it("answers unknown bytes and other widths with a problem", async () => {
    const missing = await server.request.get(`/api/thumbnails/${"0".repeat(64)}/256`).expect(404);
    expect(missing.body).toMatchObject({ code: "blob.missing" });
    await server.request.get(`/api/thumbnails/${"0".repeat(64)}/300`).expect(400);
    await server.request.get("/api/thumbnails/..%2f..%2fx/256").expect(400);
  });

  it("works where no cache can be written", async () => {
    const { store, app } = server;
    const { secrets } = app;
    await app.close();
    server = await createTestApp({ store, secrets, config: { dataDir: "/dev/null/data" } });
    const sha256 = await keep(await makePicture({ format: "png", width: 300, height: 300 }));
    expect((await get(sha256, 256)).status).toBe(200);
  });
});
