import { createHash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makePicture } from "../../../testing/pictures.ts";

let server: TestApp;

beforeEach(async () => {
  server = await createTestApp({ config: { maxUploadBytes: 4 * 1024 * 1024 } });
});
afterEach(() => server.close());

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function put(bytes: Uint8Array, sha256 = sha256Of(bytes), type = "application/octet-stream") {
  return server.request.put(`/api/blobs/${sha256}`).set("content-type", type).send(Buffer.from(bytes));
}

describe("PUT /api/blobs/:sha256", () => {
  it("keeps a picture and answers its size as it is shown", async () => {
    const photo = await makePicture({ format: "jpeg", width: 60, height: 40, orientation: 6 });
    const answer = await put(photo, undefined, "text/plain").expect(200);
    expect(answer.body).toEqual({
      sha256: sha256Of(photo),
      sizeBytes: photo.byteLength,
      mime: "image/jpeg",
      width: 40,
      height: 60,
    });
    expect((await put(photo).expect(200)).body).toEqual(answer.body);
  });

  it("takes any content type, JSON included, and one that is not named", async () => {
    const json = Buffer.from('{"a": 1}');
    for (const headers of [{ "content-type": "application/json" }, {}]) {
      const url = `${server.url}/api/blobs/${sha256Of(json)}`;
      const answer = await fetch(url, { method: "PUT", body: json, headers });
      expect(answer.status).toBe(200);
    }
  });

  it("refuses bytes that do not have the hash announced, and keeps nothing", async () => {
    const sha256 = sha256Of(Buffer.from("other"));
    const answer = await put(Buffer.from("bytes"), sha256).expect(422);
    expect(answer.body).toMatchObject({ status: 422, code: "blob.mismatch" });
    expect(await server.store.blobs.stat(sha256)).toBeUndefined();
    expect(await server.store.blobs.stat(sha256Of(Buffer.from("bytes")))).toBeUndefined();
  });

  it("refuses an empty body", async () => {
    const answer = await put(Buffer.alloc(0)).expect(400);
    expect(answer.body).toMatchObject({ code: "blob.empty" });
  });

  it("answers 413 to a body past the limit, chunked or not, and keeps nothing", async () => {
    const large = randomBytes(6 * 1024 * 1024);
    const answer = await put(large).expect(413);
    expect(answer.body).toMatchObject({ code: "blob.too-large" });
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.byteLength; at += 65_536)
          controller.enqueue(large.subarray(at, at + 65_536));
        controller.close();
      },
    });
    const init = { method: "PUT", body, duplex: "half" as const };
    const chunked = await fetch(`${server.url}/api/blobs/${sha256Of(large)}`, init);
    expect(chunked.status).toBe(413);
    expect(await server.store.blobs.stat(sha256Of(large))).toBeUndefined();
  });

  it.each(["abc", "A".repeat(64), `${"0".repeat(63)}g`, "..%2f..%2fjobs.json"])(
    "refuses %s as an address",
    async (name) => {
      const put = await server.request.put(`/api/blobs/${name}`).send("x");
      const got = await server.request.get(`/api/blobs/${name}`);
      expect([put.status, got.status]).toEqual([400, 400]);
    },
  );
});

describe("GET /api/blobs/:sha256", () => {
  const sizes = [1000, 2 * 1024 * 1024];

  it.each(sizes)("serves %i bytes whole, in ranges and not again", async (size) => {
    const bytes = randomBytes(size);
    const sha256 = sha256Of(bytes);
    await put(bytes).expect(200);
    const get = () => server.request.get(`/api/blobs/${sha256}`).responseType("blob");

    const whole = await get().expect(200);
    expect(bytes.equals(whole.body)).toBe(true);
    expect(whole.headers).toMatchObject({
      etag: `"${sha256}"`,
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${sha256.slice(0, 12)}.bin"`,
      "accept-ranges": "bytes",
      "content-length": String(size),
    });

    const middle = await get().set("range", "bytes=100-199").expect(206);
    expect(bytes.subarray(100, 200).equals(middle.body)).toBe(true);
    expect(middle.headers["content-range"]).toBe(`bytes 100-199/${size}`);
    const last = await get().set("range", "bytes=-10").expect(206);
    expect(bytes.subarray(-10).equals(last.body)).toBe(true);
    const outside = await get().set("range", `bytes=${size}-`).expect(416);
    expect(outside.headers["content-range"]).toBe(`bytes */${size}`);
    expect(outside.headers["content-length"]).toBe("0");

    await get().set("if-none-match", `"${sha256}"`).expect(304);
    await get().set("range", "bytes=0-1").set("if-range", '"other"').expect(200);
    await get().set("range", "bytes=0-1").set("if-range", `"${sha256}"`).expect(206);
  });

  it.each(sizes)("answers a HEAD of %i bytes with headers alone", async (size) => {
    const bytes = randomBytes(size);
    await put(bytes).expect(200);
    const head = await server.request.head(`/api/blobs/${sha256Of(bytes)}`).expect(200);
    expect(head.headers["content-length"]).toBe(String(size));
    expect(head.headers["etag"]).toBe(`"${sha256Of(bytes)}"`);
  });

  it("shows pictures and lets the reader save them under a name", async () => {
    const bytes = await makePicture({ format: "webp", width: 30, height: 20 });
    await put(bytes).expect(200);
    const path = `/api/blobs/${sha256Of(bytes)}`;
    const shown = await server.request.get(path).expect(200);
    expect(shown.headers["content-type"]).toBe("image/webp");
    expect(shown.headers["content-disposition"]).toMatch(/^inline; filename="[0-9a-f]{12}\.webp"$/);
    const saved = await server.request.get(path).query({ download: "my sprite.webp" }).expect(200);
    expect(saved.headers["content-disposition"]).toBe('attachment; filename="my sprite.webp"');
  });

  it.each([
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ["XML SVG", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
  ])("never shows %s in the browser", async (_name, text) => {
    const bytes = Buffer.from(text);
    await put(bytes, undefined, "image/svg+xml").expect(200);
    const answer = await server.request.get(`/api/blobs/${sha256Of(bytes)}`).expect(200);
    expect(answer.headers["content-type"]).toBe("application/octet-stream");
    expect(answer.headers["content-disposition"]).toMatch(/^attachment;/);
  });

  it("answers 404 as a problem for bytes that are not there", async () => {
    const answer = await server.request.get(`/api/blobs/${"0".repeat(64)}`).expect(404);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ code: "blob.missing", status: 404 });
  });
});
