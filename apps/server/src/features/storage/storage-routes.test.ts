import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { makePicture } from "../../../testing/pictures.ts";

let server: TestApp;

const start = async () => {
  server = await createTestApp({ config: { maxPixels: 1_000_000 } });
};
const stop = () => server.close();

const post = (type: string, data: unknown) => server.request.post("/api/storage").send({ type, data });
const list = async (type: string) =>
  (await server.request.get("/api/storage").query({ type }).expect(200)).body;

const model = {
  modelName: "Harbour at dusk",
  modelId: "model-1698589120000",
  loraId: "lora-7",
  trainingConfig: { epochs: 10, learningRate: 0.0001, batchSize: 1, resolution: 512, imageCount: 2 },
  status: "completed",
  createdAt: "2023-10-29T14:18:40.000Z",
  trainingData: [
    {
      id: "item-1",
      image: {},
      imageUrl: "/api/uploads/harbour.png",
      description: "a harbour",
      characterName: "",
      sceneDescription: "evening",
      styleDescription: "oil",
    },
  ],
};

const content = {
  id: "content-1698589120000",
  type: "image",
  url: "https://example.org/out/1.png",
  prompt: "a lighthouse",
  negativePrompt: "people",
  config: { steps: 28, guidanceScale: 3.5, width: 40, height: 30, seed: 42 },
  modelId: "model-1698589120000",
  createdAt: "2023-10-29T14:20:00.000Z",
  filename: "generated_1698589200000.png",
};

async function dataUrl(width = 40, height = 30): Promise<{ url: string; png: Buffer }> {
  const png = await makePicture({ format: "png", width, height });
  return { png, url: `data:image/png;base64,${png.toString("base64")}` };
}

describe("the older app's storage", () => {
  beforeEach(start);
  afterEach(stop);

  it("saves and lists models as its document says", async () => {
    expect(await list("models")).toEqual([]);
    expect((await post("models", [model]).expect(200)).body).toEqual({ success: true, saved: 1 });
    const [listed] = await list("models");
    expect(listed).toEqual({ ...model, id: expect.stringMatching(/^model-[0-9a-f-]{36}$/) });
    expect(server.store.get("models", listed.id)).toMatchObject({ modelName: "Harbour at dusk", rev: 1 });
  });

  it("saves and lists contents as its document says, and serves their files", async () => {
    const { url, png } = await dataUrl();
    await post("content", { ...content, url }).expect(200);
    const served = `/api/generated/${content.filename}`;
    expect(await list("content")).toEqual([{ ...content, url: served }]);
    expect(await list("models")).toEqual([]);
    const file = await server.request.get(served).responseType("blob").expect(200);
    expect(png.equals(file.body)).toBe(true);
    expect(server.store.get("contents", content.id)).toMatchObject({
      origin: "import",
      blob: {
        mime: "image/png",
        width: 40,
        height: 30,
        sha256: createHash("sha256").update(png).digest("hex"),
      },
    });
    expect(server.store.get("contents", content.id)?.url).toBeUndefined();
  });

  it("keeps the address of a content that has no file here", async () => {
    await post("content", [content]).expect(200);
    expect(await list("content")).toEqual([content]);
  });

  it("changes nothing when what was listed or sent is sent again", async () => {
    const { url } = await dataUrl();
    const sent = [
      { ...content, url },
      { ...content, id: "content-2", filename: "2.png" },
    ];
    await post("content", sent).expect(200);
    await post("models", model).expect(200);
    const { seq } = server.store.cursor();
    await post("content", sent).expect(200);
    await post("content", await list("content")).expect(200);
    await post("models", [model]).expect(200);
    await post("models", await list("models")).expect(200);
    expect(server.store.cursor().seq).toBe(seq);
  });

  it("updates by id, keeps what was not sent and never deletes what a list leaves out", async () => {
    await post("content", [content, { ...content, id: "content-2", filename: "2.png" }]).expect(200);
    await post("content", [{ id: "content-2", type: "image", prompt: "a boat" }]).expect(200);
    expect(await list("content")).toEqual([
      content,
      { ...content, id: "content-2", filename: "2.png", prompt: "a boat" },
    ]);
    await post("models", { ...model, loraId: "", status: "training" }).expect(200);
    await post("models", model).expect(200);
    expect(await list("models")).toMatchObject([{ loraId: "lora-7", status: "completed" }]);
    await post("models", { ...model, loraId: "lora-8", modelName: "Harbour at dawn" }).expect(200);
    expect(await list("models")).toHaveLength(2);
  });

  it("makes blobs of training pictures that come as data URLs", async () => {
    const { url, png } = await dataUrl();
    const sha256 = createHash("sha256").update(png).digest("hex");
    await post("models", { ...model, trainingData: [{ ...model.trainingData[0], imageUrl: url }] }).expect(
      200,
    );
    const [listed] = await list("models");
    expect(listed.trainingData[0]).toMatchObject({
      imageUrl: `/api/blobs/${sha256}`,
      image: { sha256, mime: "image/png", width: 40, height: 30 },
      description: "a harbour",
    });
    expect(JSON.stringify(listed)).not.toContain("base64");
  });

  it("lists neither uploads nor the trash", async () => {
    await post("content", [content]).expect(200);
    await server.request.delete(`/api/contents/${content.id}`).expect(200);
    await server.store.commit({
      by: "test",
      actor: "server",
      atomicity: "all",
      steps: [{ collection: "contents", id: "content-u", op: "create", set: { origin: "upload" } }],
    });
    expect(await list("content")).toEqual([]);
  });
});

describe("what storage refuses", () => {
  beforeAll(start);
  afterAll(stop);

  const good = { ...content, id: "content-good" };
  const bad: [string, string, unknown, number, string][] = [
    ["an unknown type", "styles", [], 400, "/type"],
    ["an unknown field", "content", [good, { ...content, extra: 1 }], 400, "/data/1/extra"],
    ["a content without id", "content", [good, { ...content, id: undefined }], 400, "/data/1/id"],
    [
      "a file name with a path",
      "content",
      [good, { ...content, filename: "../x.png" }],
      400,
      "/data/1/filename",
    ],
    ["a wrong kind", "content", [good, { ...content, type: "sound" }], 400, "/data/1/type"],
    ["an address far too long", "content", [good, { ...content, url: "x".repeat(3000) }], 400, "/data/1/url"],
    [
      "a data URL cut short",
      "content",
      [good, { ...content, url: "data:image/png;base64,@" }],
      422,
      "/data/1/url",
    ],
    [
      "text as a picture",
      "content",
      [good, { ...content, url: "data:image/png;base64,aGVsbG8=" }],
      415,
      "/data/1/url",
    ],
    ["a model without modelId", "models", { ...model, modelId: undefined }, 400, "/data/modelId"],
    [
      "a config without epochs",
      "models",
      [{ ...model, trainingConfig: {} }],
      400,
      "/data/0/trainingConfig/epochs",
    ],
    [
      "a broken training picture",
      "models",
      [{ ...model, trainingData: [{ imageUrl: "data:image/png;base64,aGVsbG8=" }] }],
      415,
      "/data/0/trainingData/0/imageUrl",
    ],
    ["no items but a text", "content", "all of it", 400, "/data"],
  ];
  it.each(bad)(
    "refuses %s with its place, and all that came with it",
    async (_name, type, data, status, path) => {
      const before = server.store.cursor();
      const answer = await post(type, data).expect(status);
      expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
      expect(server.store.cursor()).toEqual(before);
    },
  );

  it("takes a type in the address that is the body's, and refuses another", async () => {
    const save = (asked: string) =>
      server.request.post(`/api/storage?type=${asked}`).send({ type: "models", data: [] });
    await save("models").expect(200);
    expect((await save("content").expect(400)).body).toMatchObject({ errors: [{ path: "?type" }] });
  });

  it("refuses a picture whose type is said to be video, and an unknown type to list", async () => {
    const { url } = await dataUrl();
    const answer = await post("content", { ...content, type: "video", url }).expect(400);
    expect(answer.body).toMatchObject({ errors: [{ path: "/data/type" }] });
    await server.request.get("/api/storage").query({ type: "jobs" }).expect(400);
    await server.request.get("/api/storage").expect(400);
  });
});
