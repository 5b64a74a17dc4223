import { createHash } from "node:crypto";
import JSZip from "jszip";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makeClip, makePicture } from "../../../testing/pictures.ts";

let server: TestApp;

const start = async () => {
  server = await createTestApp({ config: { maxPixels: 1_000_000 } });
};
const stop = () => server.close();

const placement = {
  directive: "Explore serene atmosphere with urban streets",
  product_id: "product-0",
  product_name: "Neverfull MM",
  product_brand: "Louis Vuitton",
  x: 44,
  y: 280,
  width: 180,
  height: 220,
};

const makeSession = async (body: object = {}): Promise<string> =>
  (await server.request.post("/api/gallery/sessions").send(body).expect(201)).body.id;
const addImage = (session: string, body: object) =>
  server.request.post(`/api/gallery/session/${session}/images`).send(body);
const picture = (seed = 1) => makePicture({ format: "png", width: 90, height: 110, seed });
const base64 = async (seed = 1) => (await picture(seed)).toString("base64");

describe("the older gallery", () => {
  beforeEach(start);
  afterEach(stop);

  it("walks through its document: session, images, list, file, rename, export, delete", async () => {
    const { request } = server;
    expect((await request.get("/api/gallery/sessions").expect(200)).body).toEqual({ sessions: [] });

    const made = await request
      .post("/api/gallery/sessions")
      .send({ name: "Morning Demo", user_composition: "Looking for elegant evening wear..." })
      .expect(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^gal-\d{10}-[0-9a-f]{6}$/),
      name: "Morning Demo",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      user_composition: "Looking for elegant evening wear...",
      saved_products: [],
      directives_used: [],
      image_count: 0,
    });
    const session = `/api/gallery/session/${made.body.id}`;

    const png = await picture();
    const image = await addImage(made.body.id, { image_data: png.toString("base64"), ...placement }).expect(
      201,
    );
    expect(image.body).toMatchObject({
      id: "img-001",
      filename: "img_001.png",
      url: `${session}/images/img-001`,
    });
    const jpeg = await makePicture({ format: "jpeg", width: 60, height: 40, orientation: 8 });
    const image_data = `data:image/jpeg;base64,${jpeg.toString("base64")}`;
    const second = await addImage(made.body.id, { image_data, ...placement, x: 10.5 }).expect(201);
    expect(second.body).toMatchObject({ id: "img-002", filename: "img_002.jpg", x: 10.5 });

    const listed = await request.get(`${session}/images`).expect(200);
    expect(listed.body).toEqual({ session_id: made.body.id, images: [image.body, second.body] });
    expect(listed.body.images[0]).toMatchObject(placement);
    expect((await request.get(session).expect(200)).body).toMatchObject({
      name: "Morning Demo",
      directives_used: [placement.directive],
      image_count: 2,
    });
    expect((await request.get("/api/gallery/sessions").expect(200)).body.sessions).toMatchObject([
      { id: made.body.id, image_count: 2 },
    ]);

    const file = await request.get(image.body.url).responseType("blob").expect(200);
    expect(png.equals(file.body)).toBe(true);
    expect(file.headers).toMatchObject({
      "content-type": "image/png",
      "content-disposition": 'inline; filename="img_001.png"',
    });
    const part = await request.get(image.body.url).set("range", "bytes=0-7").expect(206);
    expect(part.headers["content-range"]).toBe(`bytes 0-7/${png.byteLength}`);
    await request.head(image.body.url).expect(200);

    const patch = { name: "Evening Demo", saved_products: ["product-0"], directives_used: ["Explore"] };
    expect((await request.patch(session).send(patch).expect(200)).body).toMatchObject({
      ...patch,
      user_composition: "Looking for elegant evening wear...",
      image_count: 2,
    });

    const archive = await request.get(`${session}/export`).responseType("blob").expect(200);
    expect(archive.headers).toMatchObject({
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="evening-demo.zip"',
    });
    const zip = await JSZip.loadAsync(archive.body);
    expect(Object.keys(zip.files).sort()).toEqual(["img_001.png", "img_002.jpg", "metadata.json"]);
    expect(png.equals((await zip.file("img_001.png")?.async("nodebuffer")) ?? Buffer.alloc(0))).toBe(true);
    expect(jpeg.equals((await zip.file("img_002.jpg")?.async("nodebuffer")) ?? Buffer.alloc(0))).toBe(true);
    const metadata = JSON.parse((await zip.file("metadata.json")?.async("string")) ?? "");
    expect(metadata).toMatchObject({ session: { ...patch, image_count: 2 }, images: listed.body.images });

    expect((await request.delete(image.body.url).expect(200)).body).toEqual(image.body);
    await request.get(image.body.url).expect(404);
    expect((await request.get(session).expect(200)).body.image_count).toBe(1);
    const third = await addImage(made.body.id, { image_data: await base64(3) }).expect(201);
    expect(third.body.id).toBe("img-003");

    const before = server.store.cursor().seq;
    await request.delete(session).expect(200);
    expect(server.store.cursor().seq).toBe(before + 1);
    for (const path of [session, `${session}/images`, `${session}/export`, second.body.url]) {
      expect((await request.get(path).expect(404)).body).toMatchObject({ code: "gallery.session-missing" });
    }
    const images = [...server.store.scan("galleryImages")];
    expect(images.map(({ deletedAt }) => deletedAt === undefined)).toEqual([false, false, false]);
    expect(server.store.get("gallerySessions", made.body.id)?.deletedAt).toBeDefined();
    expect((await request.get("/api/gallery/sessions").expect(200)).body).toEqual({ sessions: [] });
  });

  it("keeps the picture's own size and turns it upright", async () => {
    const session = await makeSession();
    const jpeg = await makePicture({ format: "jpeg", width: 60, height: 40, orientation: 8 });
    await addImage(session, { image_data: jpeg.toString("base64"), width: 30, height: 45 }).expect(201);
    const [image] = [...server.store.scan("galleryImages")];
    expect(image).toMatchObject({
      width: 30,
      height: 45,
      blob: { width: 40, height: 60, mime: "image/jpeg" },
    });
  });

  it("names a session by its date and first directive unless somebody named it", async () => {
    const nameOf = async (id: string) => (await server.request.get(`/api/gallery/session/${id}`)).body.name;
    const unnamed = await makeSession();
    const day = /^\d{4}-\d\d-\d\d/.exec(await nameOf(unnamed))?.[0];
    expect(await nameOf(unnamed)).toBe(day);
    await addImage(unnamed, { image_data: await base64(), ...placement }).expect(201);
    expect(await nameOf(unnamed)).toBe(`${day} Explore serene atmosphere with urban streets`);
    await addImage(unnamed, { image_data: await base64(2), directive: "Other" }).expect(201);
    expect(await nameOf(unnamed)).toBe(`${day} Explore serene atmosphere with urban streets`);
    expect(await nameOf(await makeSession({ directives_used: ["Calm sea"] }))).toBe(`${day} Calm sea`);
    await server.request.patch(`/api/gallery/session/${unnamed}`).send({ name: " " }).expect(200);
    expect(await nameOf(unnamed)).toBe(`${day} Explore serene atmosphere with urban streets`);
    const named = await makeSession({ name: "Mine" });
    await addImage(named, { image_data: await base64(), ...placement }).expect(201);
    expect(await nameOf(named)).toBe("Mine");
  });

  it("counts images within each session", async () => {
    for (const session of [await makeSession(), await makeSession()]) {
      const answer = await addImage(session, { image_data: await base64() }).expect(201);
      expect(answer.body.id).toBe("img-001");
    }
  });

  it("refuses sessions and images that are not there, or no ids at all", async () => {
    const session = await makeSession();
    const { request } = server;
    const image = { image_data: await base64() };
    expect((await addImage("gal-1-none", image).expect(404)).body.code).toBe("gallery.session-missing");
    expect((await request.get(`/api/gallery/session/${session}/images/img-009`).expect(404)).body.code).toBe(
      "gallery.image-missing",
    );
    await request.get("/api/gallery/session/..%2f..%2fx").expect(400);
    await request.get(`/api/gallery/session/${session}/images/..%2fmetadata.json`).expect(400);
    await request.patch(`/api/gallery/session/${session}`).send({ image_count: 3 }).expect(400);
    await request.post("/api/gallery/sessions").send({ name: 5 }).expect(400);
  });

  it("exports what it has and says which file is missing", async () => {
    const session = await makeSession({ name: "" });
    const lost = { sha256: "0".repeat(64), sizeBytes: 5, mime: "image/png" };
    await server.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [
        { collection: "galleryImages", id: "img-x", op: "create", set: { sessionId: session, blob: lost } },
      ],
    });
    await addImage(session, { image_data: await base64() }).expect(201);
    const answer = await server.request
      .get(`/api/gallery/session/${session}/export`)
      .responseType("blob")
      .expect(200);
    const zip = await JSZip.loadAsync(answer.body);
    expect(Object.keys(zip.files).sort()).toEqual(["img_002.png", "metadata.json"]);
    const { images } = JSON.parse((await zip.file("metadata.json")?.async("string")) ?? "");
    expect(images).toMatchObject([{ id: "img-001", file_missing: true }, { id: "img-002" }]);
    expect(images[1].file_missing).toBeUndefined();
  });
});

describe("what the gallery refuses", () => {
  beforeAll(start);
  afterAll(stop);

  const bad: [string, () => Promise<object>, number, string][] = [
    ["neither data nor URL", async () => placement, 400, "request.invalid"],
    [
      "both data and URL",
      async () => ({ image_data: await base64(), image_url: "https://x.test/" }),
      400,
      "request.invalid",
    ],
    ["an unknown field", async () => ({ image_data: await base64(), colour: "red" }), 400, "request.invalid"],
    ["a wrong type", async () => ({ image_data: await base64(), x: "44" }), 400, "request.invalid"],
    ["an empty picture", async () => ({ image_data: "data:image/png;base64," }), 400, "upload.empty"],
    ["no base64", async () => ({ image_data: "base64..." }), 422, "data-url.invalid"],
    [
      "text",
      async () => ({ image_data: Buffer.from("hello there").toString("base64") }),
      415,
      "upload.not-media",
    ],
    ["SVG", async () => ({ image_data: Buffer.from("<svg/>").toString("base64") }), 415, "upload.not-media"],
    ["a clip", async () => ({ image_data: makeClip().toString("base64") }), 415, "upload.not-media"],
    [
      "a picture cut off",
      async () => ({ image_data: (await picture()).subarray(0, 2000).toString("base64") }),
      422,
      "picture.unreadable",
    ],
    ["a URL of this machine", async () => ({ image_url: `${server.url}/health` }), 422, "url.not-allowed"],
    ["a URL of its network", async () => ({ image_url: "http://192.168.0.1/a.png" }), 422, "url.not-allowed"],
    ["a cloud's metadata", async () => ({ image_url: "http://169.254.169.254/" }), 422, "url.not-allowed"],
    ["a name of this machine", async () => ({ image_url: "http://localhost/a.png" }), 422, "url.not-allowed"],
    ["a file URL", async () => ({ image_url: "file:///etc/passwd" }), 422, "url.invalid"],
  ];
  it.each(bad)("refuses %s and keeps nothing", async (_name, make, status, code) => {
    const session = await makeSession();
    const before = server.store.cursor();
    const answer = await addImage(session, await make()).expect(status);
    expect(answer.body).toMatchObject({ status, code });
    expect(server.store.cursor()).toEqual(before);
    const sha256 = createHash("sha256")
      .update(await picture())
      .digest("hex");
    expect(await server.store.blobs.stat(sha256)).toBeUndefined();
  });
});
