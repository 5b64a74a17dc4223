import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { makePicture } from "../testing/pictures.ts";
import { useDiskStudio } from "../testing/use-disk-studio.ts";

const studio = useDiskStudio();

const bytesOf = async (path: string): Promise<Buffer> =>
  (await studio.server.request.get(path).responseType("blob").expect(200)).body;

describe("what the older apps' addresses took in, on a real disk", () => {
  it("is all there after a restart", async () => {
    const [photo, sprite, shot] = await Promise.all(
      [1, 2, 3].map((seed) => makePicture({ format: "png", width: 300, height: 200, seed })),
    );
    if (photo === undefined || sprite === undefined || shot === undefined) throw new Error("no pictures");
    const dataUrl = (bytes: Buffer) => `data:image/png;base64,${bytes.toString("base64")}`;
    const { request } = studio.server;

    const uploaded = await request.post("/api/uploads").attach("files", photo, "Harbour.png").expect(201);
    const [file] = uploaded.body.files;
    const content = {
      id: "content-7",
      type: "image",
      url: dataUrl(sprite),
      prompt: "a knight",
      filename: "knight.png",
    };
    await request.post("/api/storage").send({ type: "content", data: content }).expect(200);
    const job = {
      id: "job-1",
      prompt: "heroic knight with glowing sword",
      width: 64,
      height: 64,
      seed: null,
      status: "success",
      result: dataUrl(sprite),
      error: null,
      startTime: 1698589123456,
      endTime: 1698589125901,
      duration: 2.445,
      createdAt: 1698589120000,
    };
    await request
      .post("/save-jobs")
      .send({ jobs: [job], lastJobId: 5 })
      .expect(200);
    const message = { role: "user", content: "A login form" };
    await request.post("/api/sessions/123/messages").send(message).expect(201);
    const session = (await request.post("/api/gallery/sessions").send({ name: "Morning Demo" }).expect(201))
      .body;
    const images = `/api/gallery/session/${session.id}/images`;
    await request
      .post(images)
      .send({ image_data: shot.toString("base64"), x: 44, y: 280 })
      .expect(201);

    const paths = ["/api/storage?type=content", "/load-jobs", "/api/sessions/123/messages", images];
    const read = async () => {
      const bodies: unknown[] = [];
      for (const path of paths) bodies.push((await studio.server.request.get(path).expect(200)).body);
      return bodies;
    };
    const before = await read();
    const thumbnail = await bytesOf(`/api/thumbnails/${file.blob.sha256}/256`);
    await studio.restart();

    expect(await read()).toEqual(before);
    expect(before[1]).toMatchObject({ jobs: [job], lastJobId: 5 });
    expect(photo.equals(await bytesOf(file.url))).toBe(true);
    expect(sprite.equals(await bytesOf("/api/generated/knight.png"))).toBe(true);
    expect(shot.equals(await bytesOf(`${images}/img-001`))).toBe(true);
    expect(thumbnail.equals(await bytesOf(`/api/thumbnails/${file.blob.sha256}/256`))).toBe(true);
    const archive = await JSZip.loadAsync(await bytesOf(`/api/gallery/session/${session.id}/export`));
    expect(shot.equals((await archive.file("img_001.png")?.async("nodebuffer")) ?? Buffer.alloc(0))).toBe(
      true,
    );

    // The next upload and the next image count on from where they stood.
    const next = await studio.server.request
      .post(images)
      .send({ image_data: shot.toString("base64") })
      .expect(201);
    expect(next.body.id).toBe("img-002");
  });

  it("serves large bytes in ranges from the disk, and says when they are gone", async () => {
    const large = await makePicture({ format: "png", width: 1200, height: 900 });
    const uploaded = await studio.server.request
      .post("/api/uploads")
      .attach("f", large, "large.png")
      .expect(201);
    const { sha256 } = uploaded.body.files[0].blob;
    const part = await studio.server.request
      .get(`/api/blobs/${sha256}`)
      .set("range", "bytes=1000000-1000999")
      .responseType("blob")
      .expect(206);
    expect(large.subarray(1_000_000, 1_001_000).equals(part.body)).toBe(true);
    const blobs = join(studio.path, "blobs", sha256.slice(0, 2));
    const [name] = readdirSync(blobs);
    expect(readFileSync(join(blobs, name ?? "")).equals(large)).toBe(true);
    rmSync(blobs, { recursive: true });
    const gone = await studio.server.request.get(`/api/blobs/${sha256}`).expect(404);
    expect(gone.body).toMatchObject({ code: "blob.missing" });
    await studio.server.request.get(uploaded.body.files[0].url).expect(404);
    await studio.server.request.get(`/api/thumbnails/${sha256}/256`).expect(404);
  });

  it("refuses bad files without leaving a byte in the data folder", async () => {
    const list = () =>
      ["blobs", "cache"].flatMap((name) => {
        const path = join(studio.path, name);
        const entries = readdirSync(path, { recursive: true, withFileTypes: true });
        return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
      });
    const before = list();
    await studio.server.request.post("/api/uploads").attach("f", Buffer.from("text"), "a.png").expect(415);
    await studio.server.request
      .put(`/api/blobs/${"0".repeat(64)}`)
      .type("image/png")
      .send("other bytes")
      .expect(422);
    const result = `data:image/png;base64,${Buffer.from("text").toString("base64")}`;
    await studio.server.request
      .post("/save-jobs")
      .send({ jobs: [{ id: "job-1", result }] })
      .expect(415);
    expect([before, list()]).toEqual([[], []]);
    expect(studio.store.cursor().seq).toBe(0);
  });
});
