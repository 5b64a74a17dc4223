import { createHash } from "node:crypto";
import { readPictureSettings } from "@safelight/shared/picture-metadata";
import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makeClip, makePicture } from "../../../testing/pictures.ts";

const PROMPT = "静かな海の上の灯台";
let studio: TestApp;
beforeEach(async () => {
  studio = await createTestApp();
});
afterEach(() => studio.close());

async function addContent(bytes: Buffer, type: "image" | "video"): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { body: blob } = await studio.request
    .put(`/api/blobs/${sha256}`)
    .set("content-type", "application/octet-stream")
    .send(bytes);
  const { body } = await studio.request
    .post("/api/contents")
    .send({
      type,
      origin: "generated",
      prompt: PROMPT,
      config: { seed: 7, steps: 4 },
      modelId: "paint",
      blob,
    })
    .expect(201);
  return `/api/contents/${body.id}`;
}

const bytesOf = async (path: string) => {
  const answer = await fetch(`${studio.url}${path}`);
  expect(answer.status).toBe(200);
  return { headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
};

describe("a download of a content", () => {
  it("is the original to the byte, under a readable name, to be saved", async () => {
    const png = await makePicture({ format: "png", width: 64, height: 48 });
    const { headers, bytes } = await bytesOf(`${await addContent(png, "image")}/file`);
    expect(Buffer.from(bytes).equals(png)).toBe(true);
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename=/);
    expect(headers.get("content-type")).toBe("image/png");
  });

  it.each(["png", "jpeg", "webp"] as const)("says in a copy how it was made: %s", async (format) => {
    const original = await makePicture({ format, width: 64, height: 48 });
    const path = await addContent(original, "image");
    const { bytes } = await bytesOf(`${path}/described-file`);
    expect(await readPictureSettings(bytes)).toMatchObject({ source: "safelight", prompt: PROMPT, seed: 7 });
    expect(Buffer.from((await bytesOf(`${path}/file`)).bytes).equals(original)).toBe(true);
  });

  it("puts the words beside a clip, which stays as it is", async () => {
    const clip = makeClip();
    const { headers, bytes } = await bytesOf(`${await addContent(clip, "video")}/described-file`);
    expect(headers.get("content-type")).toBe("application/zip");
    const zip = await JSZip.loadAsync(bytes);
    const names = Object.keys(zip.files).toSorted();
    expect(names).toEqual([expect.stringMatching(/\.mp4$/), expect.stringMatching(/\.mp4\.json$/)]);
    expect((await zip.file(names[0] ?? "")?.async("nodebuffer"))?.equals(clip)).toBe(true);
    expect(JSON.parse((await zip.file(names[1] ?? "")?.async("string")) ?? "")).toMatchObject({
      safelight: { prompt: PROMPT },
    });
  });

  it("can be the words alone", async () => {
    const png = await makePicture({ format: "png", width: 64, height: 48 });
    const { bytes } = await bytesOf(`${await addContent(png, "image")}/settings`);
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
      safelight: { steps: 4, model: "paint" },
    });
  });

  it("is refused in words when there is nothing to download", async () => {
    await studio.request.get("/api/contents/content-nowhere/file").expect(404);
    const { body } = await studio.request
      .post("/api/contents")
      .send({ type: "image", origin: "import", url: "https://example.com/gone.png" })
      .expect(201);
    for (const what of ["file", "described-file"]) {
      const { body: problem } = await studio.request.get(`/api/contents/${body.id}/${what}`).expect(404);
      expect(problem.code).toBe("blob.missing");
    }
  });
});
