import { createProviders } from "@safelight/providers";
import { createTestHost } from "@safelight/providers/testing";
import { afterEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../../testing/create-test-app.ts";
import { createScriptedProvider } from "../../../testing/scripted-provider.ts";

let studio: TestApp | undefined;

afterEach(async () => {
  await studio?.close();
  studio = undefined;
});

const job = { kind: "image", provider: "scripted", prompt: "a quiet sea", params: { steps: 4 } };

describe("jobs over HTTP", () => {
  it("queues a job and answers its record", async () => {
    const provider = createScriptedProvider();
    studio = await createTestApp({ providers: [provider] });
    const { body, headers } = await studio.request.post("/api/jobs").send(job).expect(201);
    expect(body).toMatchObject({ ...job, number: 1, status: "queued", progress: 0, results: [] });
    expect(body.id).toMatch(/^job-[0-9a-f-]{36}$/);
    expect(headers["location"]).toBe(`/api/jobs/${body.id}`);
    expect(headers["etag"]).toBe('"1"');
    expect(studio.store.get("jobs", body.id)).toBeDefined();
  });

  it("takes an id of the caller's and refuses it a second time", async () => {
    studio = await createTestApp({ providers: [createScriptedProvider()] });
    await studio.request
      .post("/api/jobs")
      .send({ ...job, id: "job-mine" })
      .expect(201);
    const again = await studio.request
      .post("/api/jobs")
      .send({ ...job, id: "job-mine" })
      .expect(409);
    expect(again.body.code).toBe("record.exists");
  });

  it.each([
    ["an unknown field", { ...job, priority: 1 }, "/priority"],
    ["a wrong type", { ...job, prompt: 7 }, "/prompt"],
    ["no kind", { provider: "scripted", prompt: "a sea" }, "/kind"],
    ["an unknown provider", { ...job, provider: "nobody" }, "/provider"],
    ["a kind that the provider does not make", { ...job, kind: "video" }, "/kind"],
    ["an unknown model", { ...job, model: "moving" }, "/model"],
    ["an empty prompt", { ...job, prompt: " " }, "/prompt"],
    ["an unknown parameter", { ...job, params: { stepz: 4 } }, "/params/stepz"],
    ["a wrong parameter", { ...job, params: { steps: "many" } }, "/params/steps"],
    ["parameters that are no object", { ...job, params: [4] }, "/params"],
    ["a forbidden key", { ...job, id: "../etc/passwd" }, "/id"],
  ])("refuses %s with its path and queues nothing", async (_, body, path) => {
    studio = await createTestApp({ providers: [createScriptedProvider()] });
    const answer = await studio.request.post("/api/jobs").send(body).expect(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(studio.store.count("jobs")).toBe(0);
  });

  it("cancels a job, which ends it at its provider; again and afterwards it changes nothing", async () => {
    const provider = createScriptedProvider();
    studio = await createTestApp({ providers: [provider] });
    const { body } = await studio.request.post("/api/jobs").send(job).expect(201);
    const path = `/api/jobs/${body.id}`;
    await expect.poll(() => studio?.store.get("jobs", body.id)?.status).toBe("running");
    const canceled = await studio.request.post(`${path}/cancel`).expect(200);
    expect(canceled.body.cancelRequested).toBe(true);
    await expect.poll(() => studio?.store.get("jobs", body.id)?.status).toBe("canceled");
    const { body: after } = await studio.request.get(path).expect(200);
    const again = await studio.request.post(`${path}/cancel`).expect(200);
    expect(again.body).toEqual(after);
    await studio.request.post("/api/jobs/job-nowhere/cancel").expect(404);
  });

  it("lists providers with the JSON schema of each model's parameters", async () => {
    studio = await createTestApp({ providers: [...createProviders(createTestHost).values()] });
    const { body } = await studio.request.get("/api/providers").expect(200);
    expect(body.providers[0]).toMatchObject({ id: "local", name: "Built-in engine", paid: false });
    expect(body.providers[0]).toMatchObject({ missing: [], canListRuns: true });
    expect(body.providers.find(({ id }: { id: string }) => id === "fal").missing).toEqual(["API key"]);
    const paint = body.providers[0].models.find((model: { id: string }) => model.id === "paint");
    expect(paint).toMatchObject({ name: "Paint", kind: "image" });
    expect(paint.params).toMatchObject({ type: "object", additionalProperties: false });
    expect(paint.params.properties.steps).toMatchObject({ type: "integer", minimum: 1, default: 24 });
  });

  it("makes real pictures with the built-in engine, whose bytes are served", async () => {
    const [provider] = createProviders(createTestHost).values();
    if (provider === undefined) throw new Error("There is no provider.");
    studio = await createTestApp({ providers: [provider] });
    const params = { width: 96, height: 64, steps: 3, seed: 5, count: 2 };
    const { body } = await studio.request
      .post("/api/jobs")
      .send({ kind: "image", provider: "local", prompt: "a lighthouse at dusk", params })
      .expect(201);
    await expect
      .poll(() => studio?.store.get("jobs", body.id)?.status, { timeout: 10_000 })
      .toBe("succeeded");
    const done = await studio.request.get(`/api/jobs/${body.id}`).expect(200);
    expect(done.body).toMatchObject({ progress: 1, charge: { state: "none" } });
    expect(done.body.results).toHaveLength(2);
    const { body: content } = await studio.request.get(`/api/contents/${done.body.results[0]}`).expect(200);
    expect(content).toMatchObject({
      modelId: "paint",
      config: { seed: 5, steps: 3, guidanceScale: 3.5, width: 96, height: 64 },
      blob: { mime: "image/png", width: 96, height: 64 },
    });
    const file = await studio.request.get(`/api/blobs/${content.blob.sha256}`).expect(200);
    expect(file.headers["content-type"]).toBe("image/png");
    expect(file.body).toHaveLength(content.blob.sizeBytes);
    await provider.close();
  });
});
